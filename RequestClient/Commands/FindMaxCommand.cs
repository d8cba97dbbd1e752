using RequestClient.Display;
using RequestClient.Runs;
using RequestClient.Search;

namespace RequestClient.Commands;

/// <summary>--find-max: the highest rate that keeps the objectives, and how it was found.</summary>
internal static class FindMaxCommand
{
    private static readonly TimeSpan UsualTrial = TimeSpan.FromSeconds(3);

    /// <summary>A closed loop reaches what the server can, so an open one can't go above it; this allows for noise.</summary>
    private const double Headroom = 1.05;

    /// <summary>An open loop that achieves less of its rate is not keeping it, whatever its percentiles say.</summary>
    private const double MinAchieved = 0.99;

    private const int MaxTries = 3;

    public static async Task<int> RunAsync(
        RunOptions options, IReadOnlyList<Objective> objectives, Measurement measurement, CancellationToken cancellation)
    {
        var trial = options.Duration ?? UsualTrial;
        void Say(string line) => (options.Json ? Console.Error : Console.Out).WriteLine(line);
        Say($"{options.Action.Name}: the highest rate with {string.Join(" and ", objectives.Select(Describe))}, "
            + $"{options.Concurrency} connections, {Units.Digits(trial.TotalSeconds)} s each");
        await measurement.PrepareAsync(cancellation);
        if (options.Warmup is { } warmup) await measurement.WarmAsync(warmup, cancellation);
        var closed = await measurement.MeasureAsync(amount: null, trial, ratePerSecond: null, cancellation);
        if (!closed.IsRight)
        {
            foreach (var line in Summary.ErrorLines(closed)) Say(line);
            throw new RunFailedException("the server answers wrongly without any rate: there is nothing to search");
        }

        var highest = closed.Window.Operations / closed.Window.Elapsed.TotalSeconds;
        Say($"{Units.Count(highest),12}/s  closed loop");
        var search = new RateSearch(highest * Headroom);
        RunOutcome? best = null;
        while (search.NextPerSecond is { } rate)
        {
            // A rate that failed by chance gets further trials: a stall of the machine is not the server's limit.
            RunOutcome? kept = null;
            for (var tries = 0; tries < MaxTries && kept is null; tries++) kept = await TryAsync(rate);
            best = kept ?? best;
            search.Add(rate, kept is not null);
        }

        if (best is null)
            throw new RunFailedException("no rate kept the objective: loosen it, or look at the errors of a plain run");
        Say($"{Units.Count(search.BestPerSecond!.Value),12}/s  is the highest that was kept");
        RunCommand.Tell(options, best, best.ToRecord(options));
        return 0;

        async Task<RunOutcome?> TryAsync(double rate)
        {
            var outcome = await measurement.MeasureAsync(amount: null, trial, rate, cancellation);
            var broken = Broken(outcome, objectives, rate);
            Say($"{Units.Count(rate),12}/s  {Percentiles(outcome, objectives)}  {broken ?? "kept"}");
            return broken is null ? outcome : null;
        }
    }

    /// <summary>Why a rate was not kept; null when it was.</summary>
    private static string? Broken(RunOutcome outcome, IReadOnlyList<Objective> objectives, double rate)
    {
        var open = outcome.Window.OpenLoop!;
        var achieved = outcome.Window.Operations / outcome.Window.Elapsed.TotalSeconds;
        if (outcome.Window.Errors.Total > 0) return $"broken: {Units.Count(outcome.Window.Errors.Total)} errors";
        var missed = objectives.FirstOrDefault(objective => !objective.IsKept(open.FromDue[^1]));
        if (missed is not null) return $"broken: {missed.Name}";
        if (achieved < rate * MinAchieved) return $"broken: achieved {Units.Count(achieved)}/s";
        return open.FellBehind ? "broken: the client fell behind its own schedule" : null;
    }

    private static string Describe(Objective objective) =>
        $"{objective.Name} <= {Units.Duration(objective.Bound.TotalMicroseconds)}";

    private static string Percentiles(RunOutcome outcome, IReadOnlyList<Objective> objectives)
    {
        var fromDue = outcome.Window.OpenLoop!.FromDue[^1];
        return string.Join("  ", objectives.Select(
            objective => $"{objective.Name} {Units.Duration(objective.ValueNanoseconds(fromDue) / 1e3)}"));
    }
}
