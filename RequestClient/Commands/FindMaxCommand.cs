using RequestClient.Display;
using RequestClient.Runs;
using RequestClient.Search;
using StudyResults;

namespace RequestClient.Commands;

/// <summary>--find-max: the highest rate that keeps the objectives, and how it was found.</summary>
internal sealed class FindMaxCommand(
    RunOptions options, IReadOnlyList<Objective> objectives, Measurement measurement, CancellationToken cancellation)
{
    private static readonly TimeSpan UsualTrial = TimeSpan.FromSeconds(3);

    /// <summary>What a short trial can tell apart.</summary>
    private const double Tolerance = 0.02;

    private const int MostTries = 3;

    private readonly TimeSpan _trial = options.Duration ?? UsualTrial;

    /// <summary>The lowest rate that was broken, or that can't be reached.</summary>
    private double _boundPerSecond;
    private bool _isBoundByClient;

    public async Task<int> RunAsync()
    {
        Say($"{options.Action.Name}: the highest rate with {string.Join(" and ", objectives.Select(Describe))}, "
            + $"{options.Concurrency} connections, {Units.Digits(_trial.TotalSeconds)} s each");
        await measurement.PrepareAsync(cancellation);
        if (options.Warmup is { } warmup) await measurement.WarmAsync(warmup, cancellation);
        var found = await SearchAsync(await ClosedLoopAsync());
        var confirmed = await ConfirmAsync(found);
        Say($"{Units.Count(confirmed.RatePerSecond),12}/s  is the highest that was kept");
        if (_isBoundByClient)
        {
            Say($"{"",12}    but the client was the limit, not the server, which may keep more: "
                + $"try --threads {confirmed.Outcome.ThreadCount + 1}");
        }

        RunCommand.Tell(options, confirmed.Outcome, confirmed.Outcome.ToRecord(options));
        return 0;
    }

    /// <summary>What the server does when it is asked as fast as it answers.</summary>
    private async Task<double> ClosedLoopAsync()
    {
        var closed = await measurement.MeasureAsync(amount: null, _trial, ratePerSecond: null, cancellation);
        if (!closed.IsRight)
        {
            foreach (var line in Summary.ErrorLines(closed)) Say(line);
            throw new RunFailedException("the server answers wrongly without any rate: there is nothing to search");
        }

        _boundPerSecond = closed.OperationsPerSecond * RateSearch.Headroom;
        _isBoundByClient = closed.Window.IsSaturated == true;
        Say($"{Units.Count(closed.OperationsPerSecond),12}/s  closed loop"
            + (_isBoundByClient ? ", in which the client was the limit" : ""));
        return _boundPerSecond;
    }

    private async Task<double> SearchAsync(double ceilingPerSecond)
    {
        var search = new RateSearch(ceilingPerSecond, Tolerance, MostTries);
        while (search.NextPerSecond is { } rate)
        {
            var trial = await TryAsync(rate);
            search.Add(trial.IsKept);
            if (!trial.IsKept && search.NextPerSecond != rate) Bound(trial);
        }

        return search.BestPerSecond
            ?? throw new RunFailedException("no rate kept the objective: loosen it, or look at the errors of a plain run");
    }

    private async Task<Trial> ConfirmAsync(double foundPerSecond)
    {
        var confirmation = new RateConfirmation(foundPerSecond);
        while (confirmation.NextPerSecond is { } rate)
        {
            var trial = await TryAsync(rate);
            confirmation.Add(trial.IsKept);
            if (confirmation.IsConfirmed) return trial;
            if (confirmation.NextPerSecond != rate) Bound(trial);
        }

        throw new RunFailedException(
            "no rate kept the objective in two of three trials: the machine is too restless, or the objective too tight");
    }

    private async Task<Trial> TryAsync(double ratePerSecond)
    {
        var outcome = await measurement.MeasureAsync(amount: null, _trial, ratePerSecond, cancellation);
        var trial = Trial.Of(outcome, objectives, ratePerSecond);
        Say($"{Units.Count(ratePerSecond),12}/s  {Percentiles(outcome)}  {trial.Broken ?? "kept"}");
        return trial;
    }

    private void Bound(Trial broken)
    {
        if (broken.RatePerSecond >= _boundPerSecond) return;
        _boundPerSecond = broken.RatePerSecond;
        _isBoundByClient = broken.IsByClient;
    }

    private void Say(string line) => (options.Json ? Console.Error : Console.Out).WriteLine(line);

    private static string Describe(Objective objective) =>
        $"{objective.Name} <= {Units.Duration(objective.Bound.TotalMicroseconds)}";

    private string Percentiles(RunOutcome outcome) => string.Join("  ", objectives.Select(objective =>
        $"{objective.Name} {Units.Duration(objective.ValueNanoseconds(outcome.Measures.OpenLoop!.FromDue[^1]) / 1e3)}"));
}
