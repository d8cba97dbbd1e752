using System.Globalization;

namespace StudyPlan;

/// <summary>
/// plan.txt: what the study was asked for and on which machine, in lines that begin with #, then one line a run with seven
/// columns: block order procs action amount sizeKiB wayIn. A shell loop reads it with `read`.
/// </summary>
internal static class PlanText
{
    public const string MachineKey = "machine";

    public static IEnumerable<string> Lines(StudyParameters parameters) =>
    [
        .. VariablesOf(parameters).Select(variable => variable.ToLine()),
        $"# {MachineKey} {Machine.Describe()}",
        .. ShuffledBlocks.Of(parameters).Select(Line),
    ];

    private static IEnumerable<Variable> VariablesOf(StudyParameters parameters) =>
    [
        new("PROCS", string.Join(' ', parameters.Procs)),
        new("ACTIONS", string.Join(' ', parameters.Actions)),
        new("SCENARIOS", string.Join(' ', parameters.Scenarios)),
        new("PROXY", string.Join(' ', parameters.WaysIn)),
        new("RUNS", parameters.Runs.ToString(CultureInfo.InvariantCulture)),
        new("SEED", parameters.Seed.ToString(CultureInfo.InvariantCulture)),
        .. parameters.Kept,
    ];

    private static string Line(PlannedRun run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.Block} {run.Order} {run.Cell.Procs} {run.Cell.Action} {run.Cell.Scenario.Amount} {run.Cell.Scenario.SizeKiB} {run.Cell.WayIn}");
}
