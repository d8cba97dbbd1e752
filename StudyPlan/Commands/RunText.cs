using System.Globalization;
using StudyResults;

namespace StudyPlan.Commands;

/// <summary>A planned run in words.</summary>
internal static class RunText
{
    public static string Describe(PlannedRun run)
    {
        var objective = run.Objective is { } kept ? $", {kept}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"run {run.Order} (block {run.Block}, {run.Procs} processes by {run.Proxy}, ")
            + string.Create(CultureInfo.InvariantCulture, $"{run.Action} {run.Amount}x{run.SizeKiB}{objective})");
    }
}
