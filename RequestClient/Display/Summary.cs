using RequestClient.Load;
using StudyResults;

namespace RequestClient.Display;

/// <summary>Tells a person what a run showed: rate, latency, errors, cost.</summary>
internal static class Summary
{
    public static IEnumerable<string> Lines(RunRecord record, RunOutcome outcome)
    {
        yield return $"{record.Action}: {Units.Count(record.Operations)} operations of {record.SizeKiB} KiB in "
            + $"{Units.Digits(record.ElapsedSeconds)} s, {record.Concurrency} connections";
        if (record.Warmup is { } warmup)
            yield return Line("warm-up", $"{Units.Digits(warmup.ElapsedSeconds)} s, {(warmup.Settled ? "settled" : "did not settle")}");
        var seconds = Math.Max(record.ElapsedSeconds, 1e-9);
        yield return Line("rate", $"{Units.Count(record.Operations / seconds)} operations/s, {Units.Digits(record.Bytes / seconds / 1048576)} MiB/s");
        foreach (var (step, latency) in record.Latency) yield return Line("latency", Latency(step, latency));
        yield return Line("CPU", Cpu(record));
        if (record.RequestsPerWorker is { } shares) yield return Line("requests", Requests(record, shares));
        foreach (var line in ErrorLines(outcome)) yield return line;
        if (outcome.IsRight) yield return Line("errors", "none");
    }

    /// <summary>What went wrong, by kind, with the first example of each; nothing when nothing did.</summary>
    public static IEnumerable<string> ErrorLines(RunOutcome outcome)
    {
        foreach (var line in Errors("errors", outcome.Window.Errors)) yield return line;
        if (outcome.Warmup is { } warmup)
        {
            foreach (var line in Errors("in warm-up", warmup.Errors)) yield return line;
        }

        if (outcome.Window.GaveUp is { } reason) yield return Line("ended", reason);
    }

    private static string Latency(string step, LatencyRecord latency) =>
        $"{step,-8} p50 {Units.Duration(latency.P50Microseconds)}  p90 {Units.Duration(latency.P90Microseconds)}  "
        + $"p99 {Units.Duration(latency.P99Microseconds)}  p99.9 {Units.Duration(latency.P999Microseconds)}  "
        + $"max {Units.Duration(latency.MaxMicroseconds)}";

    private static string Cpu(RunRecord record)
    {
        if (record.Operations == 0) return "no operation to share it";
        string Each(double cpuSeconds) => Units.Duration(cpuSeconds / record.Operations * 1e6);
        var parts = new List<string> { $"client {Each(record.CpuSeconds.Client)}" };
        if (record.CpuSeconds.Proxy is { } proxy) parts.Add($"proxy {Each(proxy)}");
        if (record.CpuSeconds.Workers is { } workers)
            parts.Add($"{workers.Count} worker{(workers.Count == 1 ? "" : "s")} {Each(workers.Sum())}");
        return string.Join(", ", parts) + " per operation";
    }

    private static string Requests(RunRecord record, IReadOnlyList<long> shares) =>
        $"client {Units.Count(record.Requests)}, proxy {(record.ProxyRequests is { } seen ? Units.Count(seen) : "?")}, "
        + $"workers {string.Join(" + ", shares.Select(share => Units.Count(share)))}";

    private static IEnumerable<string> Errors(string title, ErrorTally errors) => errors.Counts.Select(
        kind => Line(title, $"{Units.Count(kind.Value)} x {kind.Key}, first: {errors.Examples[kind.Key]}"));

    private static string Line(string title, string text) => $"  {title,-11}{text}";
}
