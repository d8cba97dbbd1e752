using RequestClient.Runs;
using RequestClient.Search;
using StudyResults;

namespace RequestClient.Planned;

/// <summary>A run that searches the highest rate at which the servers keep an objective.</summary>
/// <param name="measurement">Over connections that have settled.</param>
/// <param name="asked">The run.</param>
/// <param name="objective">What is to be kept.</param>
/// <param name="trial">How long each rate is tried, unless its percentile takes more operations.</param>
/// <param name="between">What is done before each trial.</param>
/// <param name="quiet">Waits after a trial that others disturbed, which is then made once more.</param>
internal sealed class CapacityRun(
    Measurement measurement, RunOptions asked, Objective objective, TimeSpan trial, Func<CancellationToken, Task> between,
        QuietMachine quiet)
{
    private readonly List<string> _invalid = [];
    private readonly TrialLength _length = new(objective, trial);

    /// <summary>Makes it; the outcome is that of the trial at the highest rate that was kept.</summary>
    /// <param name="guessPerSecond">About where it will lie; null where nobody knows, and it is searched first.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <exception cref="RunFailedException">There is no such rate, or the machine is too restless to tell.</exception>
    public async Task<(RunOutcome Outcome, CapacityRecord Capacity)> MakeAsync(
        double? guessPerSecond, CancellationToken cancellation)
    {
        var search = new CapacitySearch(objective, rate => TryAsync(rate, _length.At(rate), cancellation));
        var guess = guessPerSecond
            ?? await search.GuessAsync(
                RateSearch.Headroom * await ClosedLoopAsync(cancellation), rate => TryAsync(rate, trial, cancellation));
        _invalid.Clear();
        var (ratePerSecond, trials) = await search.RunAsync(guess);
        var best = trials.Where(made => made.IsKept).MaxBy(made => made.RatePerSecond)!;
        var broken = trials.Where(made => !made.IsKept).MinBy(made => made.RatePerSecond)!;
        return (best.Outcome with { Invalid = [.. _invalid.Distinct()] }, new CapacityRecord
        {
            Objective = objective.ToString(),
            RatePerSecond = ratePerSecond,
            ByClient = broken.IsByClient,
            Trials = [.. trials.Select(Record)],
        });
    }

    private async Task<double> ClosedLoopAsync(CancellationToken cancellation)
    {
        await between(cancellation);
        var closed = await measurement.MeasureAsync(amount: null, trial, ratePerSecond: null, cancellation);
        return closed.Measures is { Operations: > 0, Errors.Total: 0 }
            ? closed.OperationsPerSecond
            : throw new RunFailedException("the server answers wrongly without any rate ("
                + $"{closed.Measures.Errors.Examples.FirstOrDefault().Value ?? "no answer at all"}): there is nothing to search");
    }

    private async Task<Trial> TryAsync(double ratePerSecond, TimeSpan length, CancellationToken cancellation)
    {
        var outcome = await MeasureAsync(ratePerSecond, length, cancellation);
        if (Disturbance.Of(outcome.ToRecord(asked)).IsDisturbed)
        {
            await quiet.WaitAsync(cancellation);
            outcome = await MeasureAsync(ratePerSecond, length, cancellation);
        }

        _invalid.AddRange(outcome.Invalid);
        return Trial.Of(outcome, [objective], ratePerSecond);
    }

    private async Task<RunOutcome> MeasureAsync(double ratePerSecond, TimeSpan length, CancellationToken cancellation)
    {
        await between(cancellation);
        return await measurement.MeasureAsync(amount: null, length, ratePerSecond, cancellation);
    }

    private CapacityTrialRecord Record(Trial made) => new()
    {
        RatePerSecond = made.RatePerSecond,
        Operations = made.Outcome.Measures.Operations,
        PercentileMicroseconds = objective.ValueNanoseconds(made.Outcome.Measures.OpenLoop!.FromDue[^1]) / 1e3,
        Broken = made.Broken,
    };
}
