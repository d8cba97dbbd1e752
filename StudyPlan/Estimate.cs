using System.Globalization;

namespace StudyPlan;

/// <summary>How long a study will take: its runs, and what lies between them.</summary>
internal sealed class Estimate(StudyParameters parameters, Rates rates)
{
    /// <summary>Starting and stopping servers and proxy, once for each group of cells.</summary>
    private const double GroupSeconds = 1.5;

    /// <summary>Starting the client and emptying the directory, for each run.</summary>
    private const double BetweenSeconds = 0.5;

    /// <summary>Graph at the end.</summary>
    private const double ReportSeconds = 10;

    private readonly double _warmup = SecondsOf(parameters, "WARMUP");
    private readonly double _ceiling = SecondsOf(parameters, "CEILING");

    /// <summary>A table of the cells, then the whole in a sentence or two.</summary>
    public IEnumerable<string> Lines()
    {
        var cells = parameters.Groups
            .SelectMany(group => parameters.Actions.SelectMany(action => parameters.Scenarios.Select(scenario =>
                new Cell(group.WayIn, group.Procs, action, scenario)))).ToList();
        var actionWidth = Math.Max(6, parameters.Actions.Max(action => action.Length));
        yield return $"{"procs",5}  {"action".PadRight(actionWidth)}  {"amount",8}  {"KiB",7}  {"proxy",-12}  {"s a run",7}";
        foreach (var cell in cells)
        {
            var known = rates.PerSecond(cell) is null ? "?" : " ";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{cell.Procs,5}  {cell.Action.PadRight(actionWidth)}  {cell.Scenario.Amount,8}  {cell.Scenario.SizeKiB,7}  ")
                + string.Create(CultureInfo.InvariantCulture, $"{cell.WayIn,-12}  {RunSeconds(cell),6:0.0}{known}");
        }

        var time = TimeSpan.FromSeconds(TotalSeconds(cells));
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{cells.Count} cells x {parameters.Runs} runs = {cells.Count * (long)parameters.Runs} runs: about ")
            + $"{(int)time.TotalHours}:{time:mm\\:ss} (hours, minutes, seconds) with warm-up and restarts";
        if (cells.All(cell => rates.PerSecond(cell) is not null)) yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"?: no study of this machine has such runs; {Rates.AssumedPerSecond} operations a second are assumed");
    }

    internal double TotalSeconds(IReadOnlyList<Cell> cells)
    {
        var block = cells.Sum(cell => RunSeconds(cell) + _warmup + BetweenSeconds) + parameters.Groups.Count() * GroupSeconds;
        var ceilings = cells.Select(cell => (cell.Action, cell.Scenario.SizeKiB)).Distinct().Count() * (2 * _ceiling + BetweenSeconds);
        return block * parameters.Runs + ceilings + ReportSeconds;
    }

    private double RunSeconds(Cell cell) => cell.Scenario.Amount / (rates.PerSecond(cell) ?? Rates.AssumedPerSecond);

    private static double SecondsOf(StudyParameters parameters, string name) =>
        double.TryParse(
            parameters.Kept.FirstOrDefault(variable => variable.Name == name).Value, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : 0;
}
