using RequestClient.Load;
using RequestClient.Metering;
using RequestClient.Runs;
using RequestClient.Search;
using StudyResults;

namespace Graph.Tests.Analysis;

/// <summary>
/// A server whose capacity at an objective is known: one queue, served in order, in times that are exponential (M/M/1). A
/// request's time from due is then exponential too, with the rate by which the server is quicker than its load, so p99 = ln 100 /
/// (service - load).
/// </summary>
/// <param name="objective">What is to be kept; a percentile of the time from due.</param>
/// <param name="trialLength">How long each rate is tried.</param>
/// <param name="trialNoise">Standard deviation of the logarithm of what one trial meets of the capacity.</param>
internal sealed class QueueingServer(Objective objective, TrialLength trialLength, double trialNoise)
{
    // Histograms are large and the trials many, so those of the run before are used again.
    private readonly List<Measures> _measures = [];
    private int _used;
    private double _capacityPerSecond;
    private int _seed;
    private Random _random = new(0);

    /// <summary>The next run; the search of the one before is over.</summary>
    public void BeginRun(double capacityPerSecond, int seed)
    {
        (_capacityPerSecond, _seed, _used) = (capacityPerSecond, seed, 0);
    }

    public Task<Trial> TryAsync(double ratePerSecond)
    {
        // The search tries its rates in an order that nobody knows before.
        _random = new Random(_seed ^ ratePerSecond.GetHashCode());
        var capacity = _capacityPerSecond * Math.Exp(trialNoise * Simulation.Normal(_random));
        var servicePerSecond = capacity - (Math.Log(1 - (objective.Percentile / 100)) / objective.Bound.TotalSeconds);
        var length = trialLength.At(ratePerSecond);
        var due = Arrivals(ratePerSecond, length);
        var measures = NextMeasures();
        var fromDue = measures.OpenLoop!.FromDue[0];
        var free = 0.0;
        foreach (var moment in due)
        {
            free = Math.Max(free, moment) + (Exponential() * 1e9 / servicePerSecond);
            fromDue.Record((long)(free - moment));
        }

        measures.Operations = due.Length;
        return Task.FromResult(
            Trial.Of(OutcomeOf(measures, due, length, TimeSpan.FromSeconds(free / 1e9)), [objective], ratePerSecond));
    }

    /// <summary>
    /// As the client makes them: their number is given, each comes at a moment of its own. Distances of uniform moments are
    /// exponential ones, to scale.
    /// </summary>
    private long[] Arrivals(double ratePerSecond, TimeSpan length)
    {
        var sums = new double[Math.Max(1, (int)Math.Round(ratePerSecond * length.TotalSeconds))];
        var sum = 0.0;
        for (var index = 0; index < sums.Length; index++) sums[index] = sum += Exponential();
        sum += Exponential();
        return Array.ConvertAll(sums, at => (long)(at / sum * length.TotalNanoseconds));
    }

    private double Exponential() => -Math.Log(1 - _random.NextDouble());

    private Measures NextMeasures()
    {
        if (_used == _measures.Count) _measures.Add(new Measures(steps: 1) { OpenLoop = new OpenLoopMeasures(steps: 1) });
        var measures = _measures[_used++];
        measures.OpenLoop!.FromDue[0].Clear();
        return measures;
    }

    private static RunOutcome OutcomeOf(Measures measures, long[] due, TimeSpan length, TimeSpan elapsed) => new()
    {
        Phase = new Phase { Ids = default, Timeout = TimeSpan.FromSeconds(10), Duration = length, Pacer = new MomentsPacer(due) },
        Window = new PhaseResult
        {
            Measures = measures,
            Elapsed = elapsed,
            Threads = [],
            Repeats = 1,
            RatesPerSecond = [],
            Settled = false,
        },
        ThreadCount = 1,
        Cost = new WindowCost { CpuSeconds = new CpuSecondsRecord { Client = 0 }, ClientCollections = 0 },
        Invalid = [],
    };
}
