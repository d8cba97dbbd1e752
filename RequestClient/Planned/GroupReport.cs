using RequestClient.Display;
using StudyResults;

namespace RequestClient.Planned;

/// <summary>
/// What a group of runs says while it is made: a line for each run on stdout, and one for each that went wrong on stderr.
/// </summary>
internal static class GroupReport
{
    public static void Warmed(string action, int sizeKiB, Runs.Warmup warmup) => Console.WriteLine(
        $"warm-up: {action} {sizeKiB} KiB, {Units.Digits(warmup.Load.Elapsed.TotalSeconds)} s, "
        + $"{(warmup.Load.Settled ? "settled" : "did not settle")}{Errors(warmup.Errors.Counts)}");

    /// <summary>One run, and whether and why it will be made again.</summary>
    public static void Made(RunRecord record, int attempt, string? spoilt, bool isAgain) => Console.WriteLine(
        $"block {record.Block}, run {record.Order}: {record.Procs} procs by {record.Proxy}, "
        + $"{$"{record.Action} {record.Amount}x{record.SizeKiB}",-14} {Units.Count(record.OperationsPerSecond())} operations/s"
        + Capacity(record.Capacity)
        + Errors(record.Errors)
        + FromDue(record.OpenLoop)
        + (record.Control == true ? "; control" : "")
        + (attempt > 1 ? $"; attempt {attempt}" : "")
        + (spoilt is null ? "" : $"; {spoilt}: {(isAgain ? "it will be made again" : "no further attempt")}"));

    public static string Describe(Disturbance disturbance)
    {
        var others = disturbance.ByOthers ? $"others used {Percent(disturbance.OthersRatio)} of the machine" : "";
        var steal = disturbance.BySteal ? $"other machines took {Percent(disturbance.StealRatio)} of its time" : "";
        return others.Length > 0 && steal.Length > 0 ? $"disturbed: {others}, {steal}" : $"disturbed: {others}{steal}";
    }

    public static void Waited(TimeSpan waited, bool isQuiet) => Console.WriteLine(
        $"waited {TimeText.Of(waited)} until "
        + (isQuiet ? "the machine was quiet" : "patience ended: the machine is still busy"));

    public static void Warn(string text) => Console.Error.WriteLine($"RequestClient: {text}");

    public static void Failed(PlannedRun run, string reason) => Console.Error.WriteLine(
        $"RequestClient: run {run.Order} (block {run.Block}, {run.Procs} procs, {run.Action}): {reason}");

    private static string Percent(double? ratio) => $"{Units.Count(100 * (ratio ?? 0))} %";

    private static string Capacity(CapacityRecord? capacity) => capacity is null ? ""
        : $" keep {capacity.Objective} ({capacity.Trials.Count} trials{(capacity.ByClient ? "; the client was the limit" : "")})";

    private static string FromDue(OpenLoopRecord? loop) => loop is null ? ""
        : "; p99 from due "
            + string.Join(", ", loop.FromDue.Select(step => $"{step.Key} {Units.Duration(step.Value.P99Microseconds)}"))
            + (loop.FellBehind ? "; the CLIENT FELL BEHIND, and the run shows that" : "");

    private static string Errors(IReadOnlyDictionary<string, long> errors) => errors.Count == 0
        ? ""
        : "; errors: " + string.Join(", ", errors.Select(kind => $"{Units.Count(kind.Value)} x {kind.Key}"));
}
