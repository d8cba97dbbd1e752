using System.Globalization;
using StudyResults;

namespace StudyPlan.Commands;

/// <summary>A planned run in words.</summary>
internal static class RunText
{
    public static string Describe(PlannedRun run) => string.Create(CultureInfo.InvariantCulture,
        $"run {run.Order} (block {run.Block}, {run.Procs} processes by {run.Proxy}, {run.Action} {run.Amount}x{run.SizeKiB}{(run.Objective is { } objective ? $", {objective}" : "")})");
}
