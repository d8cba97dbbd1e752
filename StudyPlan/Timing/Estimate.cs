using System.Globalization;
using StudyPlan.Order;
using StudyPlan.Variables;

namespace StudyPlan.Timing;

/// <summary>How long a study will take: its runs, and what lies between them.</summary>
internal sealed class Estimate(StudyParameters parameters, Rates rates)
{
    /// <summary>Starting and stopping servers and proxy, for each group of a block; what their store takes comes on top.</summary>
    internal const double StartSeconds = 3;

    /// <summary>Switching, settling and recording, for each run.</summary>
    internal const double BetweenSeconds = 0.4;

    private readonly Windows _windows = Windows.Of(parameters);

    /// <summary>How many runs there are and how long they take.</summary>
    public string Sentence
    {
        get
        {
            var block = TimeSpan.FromSeconds(BlockSeconds());
            var least = block * parameters.Runs;
            var control = parameters.Cells.Count(cell => cell.Control);
            var all = parameters.Cells.Count;
            var runs = string.Create(CultureInfo.InvariantCulture, $"{all} {(all == 1 ? "run" : "runs")} a block")
                + (control == 0 ? "" : string.Create(
                    CultureInfo.InvariantCulture, $" ({all - control} cells, {control} again as the control)"))
                + $", {(all == 1 ? "" : "each ")}{Span()}";
            var blocks = parameters.Runs == 1
                ? "1 block"
                : string.Create(CultureInfo.InvariantCulture, $"{parameters.Runs} blocks");
            // The budget is for measuring; starting and warming the servers comes on top.
            var most = parameters.Budget * (block / TimeSpan.FromSeconds(MeasuringSeconds()));
            return $"{runs}: about {Progress.Clock(least)} for {blocks}" + (most > least + block
                ? $", and more of {Progress.Clock(block)} each up to {Progress.Clock(most)} while something is open"
                : "");
        }
    }

    /// <summary>A table of the cells, then the whole in a sentence or two.</summary>
    public IEnumerable<string> Lines()
    {
        var cells = parameters.Cells.Where(cell => !cell.Control).ToList();
        var width = Math.Max(6, cells.Max(cell => cell.Action.Length));
        var sought = parameters.Objectives[0] is null ? "" : "  highest rate with";
        yield return $"{"procs",5}  {"action".PadRight(width)}  {"amount",8}  {"KiB",7}  {"connections",11}  "
            + $"{"proxy",-12}  {"store",-10}  {"s a run",7}{sought}";
        foreach (var cell in cells)
        {
            var known = cell.Objective is null && rates.PerSecond(cell) is null ? "?" : " ";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{cell.Procs,5}  {cell.Action.PadRight(width)}  {cell.Scenario.Amount,8}  {cell.Scenario.SizeKiB,7}  ")
                + string.Create(CultureInfo.InvariantCulture,
                $"{cell.Concurrency,11}  {cell.WayIn,-12}  {cell.Store ?? "-",-10}  {WindowSeconds(cell),6:0.0}{known}")
                + (cell.Objective is { } objective ? $"  {objective}" : "");
        }

        yield return Sentence;
        if (cells.All(cell => cell.Objective is not null || rates.PerSecond(cell) is not null)) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"?: no study of this machine has such runs; {Rates.AssumedPerSecond} operations a second are assumed");
    }

    internal double BlockSeconds() => MeasuringSeconds()
        + parameters.Cells.Select(parameters.GroupOf).Distinct()
            .Sum(group => StartSeconds + Store.StartSeconds(group.Store) + Windows.WarmUp(parameters).TotalSeconds);

    private double MeasuringSeconds() => parameters.Cells.Sum(cell => WindowSeconds(cell) + BetweenSeconds);

    private double WindowSeconds(Cell cell) => cell.Objective is not null
        ? _windows.Trials.TotalSeconds
        : _windows.Expect(cell.Scenario.Amount, rates.PerSecond(cell) ?? Rates.AssumedPerSecond).TotalSeconds;

    private string Span()
    {
        if (parameters.Objectives[0] is not null) return $"of trials of {StudyResults.TimeText.Of(_windows.Trial)}";
        var (least, most) = (Words(_windows.AtLeast), Words(_windows.AtMost));
        return least == most ? least : $"{least} to {most}";
    }

    /// <summary>A trace is as long as it is: 34.998333s. Here a tenth of a second is enough.</summary>
    private static string Words(TimeSpan time) =>
        StudyResults.TimeText.Of(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, 1)));
}
