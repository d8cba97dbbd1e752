using Graph.Analysis;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>Whether what was due was done, and how soon: the question to servers whose load was given.</summary>
internal static class GivenRateText
{
    /// <summary>
    /// "2 processes kept up with 284 operations/s, without an error: p99 from due is 95 ms at most, of contest-create.get";
    /// nothing where no rate was given.
    /// </summary>
    public static IEnumerable<Sentence> Of(ScenarioAnalysis analysis)
    {
        if (analysis.Scenario.Key.Conditions is not { RatePerSecond: { } rate, Objective: null }) yield break;
        foreach (var action in analysis.Actions)
        {
            var start = analysis.Actions.Count > 1 ? $"{action.Action}: " : "";
            foreach (var cell in action.Cells.Where(cell => cell.Cell.OperationsPerSecond > 0))
                yield return Of(start, cell, rate);
        }
    }

    private static Sentence Of(string start, CellSummary cell, double rate)
    {
        var isDone = cell.IsRateKept == true;
        var failed = cell.Cell.AllRuns.Sum(run => run.Failed);
        var did = isDone
            ? $"kept up with {Words.Measured(rate)} operations/s"
            : $"did {Words.Measured(cell.Cell.OperationsPerSecond)} of {Words.Measured(rate)} operations/s";
        var errors = failed == 0 ? "without an error" : $"with {Words.Count(failed, "error")}";
        return new Sentence(
            $"{start}{Words.Processes(cell.Cell.Procs)} {did}, {errors}{Slowest(cell)}{Limit(cell)}", isDone && failed == 0
                ? Tone.Passed
                : Tone.Doubtful);
    }

    private static string Slowest(CellSummary cell) => cell.Latency.MaxBy(step => step.Microseconds(99)) is { } slowest
        ? $": p99 from due is {Words.Time(TimeSpan.FromMicroseconds(slowest.Microseconds(99)))}"
            + (cell.Latency.Count > 1 ? $" at most, of {slowest.Step}" : "")
        : "";

    private static string Limit(CellSummary cell) =>
        cell.Limiter is { } limiter ? $"; limiter: {LimiterText.Short(limiter)}" : "";
}
