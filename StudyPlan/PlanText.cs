using System.Globalization;

namespace StudyPlan;

/// <summary>
/// plan.txt: what the study was asked for in lines that begin with #, then one line a run with six columns:
/// block order procs action amount sizeKiB. A shell loop reads it with `read`.
/// </summary>
internal static class PlanText
{
    public static IEnumerable<string> Lines(StudyParameters parameters) =>
    [
        Invariant($"# procs {string.Join(' ', parameters.Procs)}"),
        Invariant($"# actions {string.Join(' ', parameters.Actions)}"),
        Invariant($"# scenarios {string.Join(' ', parameters.Scenarios)}"),
        Invariant($"# runs {parameters.Runs}"),
        Invariant($"# seed {parameters.Seed}"),
        .. ShuffledBlocks.Of(parameters).Select(Line),
    ];

    private static string Line(PlannedRun run) => Invariant(
        $"{run.Block} {run.Order} {run.Cell.Procs} {run.Cell.Action} {run.Cell.Scenario.Amount} {run.Cell.Scenario.SizeKiB}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
