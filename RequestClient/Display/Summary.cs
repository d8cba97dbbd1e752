using RequestClient.Load;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Display;

/// <summary>Tells a person what a run showed: rate, latency, errors, cost.</summary>
internal static class Summary
{
    public static IEnumerable<string> Lines(RunRecord record, RunOutcome outcome)
    {
        yield return $"{record.Action}: {Units.Count(record.Operations)} operations of {record.SizeKiB} KiB in "
            + $"{Units.Digits(record.ElapsedSeconds)} s, {record.Concurrency} connections"
            + (record.Threads is > 1 and var threads ? $" on {threads} threads" : "");
        if (record.Warmup is { } warmup)
        {
            var end = warmup.Settled ? "settled" : "did not settle";
            yield return Line("warm-up", $"{Units.Digits(warmup.ElapsedSeconds)} s, {end}");
        }

        yield return Line("rate", Rate(record));
        foreach (var (step, latency) in record.Latency) yield return Line("latency", Latency(step, latency));
        foreach (var (step, latency) in record.OpenLoop?.FromDue ?? new Dictionary<string, LatencyRecord>())
            yield return Line("from due", Latency(step, latency));
        if (record.OpenLoop is { } open) yield return Line("schedule", Schedule(open));
        yield return Line("CPU", Cpu(record));
        if (record.MachineCpu is { } machine) yield return Line("machine", Describe(machine));
        if (record.Books is { } books) yield return Line("books", Describe(books, record.RequestsPerWorker));
        if (record.Resent is > 0 and var resent)
            yield return Line("resent", $"{Units.Count(resent)} requests, as the server had closed the connection");
        foreach (var line in ErrorLines(outcome)) yield return line;
        if (outcome.IsRight) yield return Line("errors", "none");
    }

    /// <summary>What went wrong, by kind, with the first example of each; nothing when nothing did.</summary>
    public static IEnumerable<string> ErrorLines(RunOutcome outcome)
    {
        foreach (var line in Errors("errors", outcome.Measures.Errors)) yield return line;
        if (outcome.Warmup is { } warmup)
        {
            foreach (var line in Errors("in warm-up", warmup.Errors)) yield return line;
        }

        if (!outcome.IsStored)
        {
            yield return Line("STORE", $"it holds {Units.Count(outcome.Stored!.Value)} more than before, "
                + $"and the client was told of {Units.Count(outcome.Measures.Counted)}");
        }

        if (outcome.Window.GaveUp is { } reason) yield return Line("ended", reason);
        if (outcome.Window.IsSaturated == true) yield return Line("CLIENT", Saturated(outcome));
        foreach (var mismatch in outcome.Invalid) yield return Line("INVALID", mismatch);
    }

    /// <summary>What a run that shows the client says about itself.</summary>
    private static string Saturated(RunOutcome outcome) =>
        $"it was the limit: {(outcome.ThreadCount == 1 ? "its thread" : "a thread of it")} never slept, so the server may do "
        + $"more than this; try --threads {outcome.ThreadCount + 1}";

    private static string Rate(RunRecord record)
    {
        var seconds = Math.Max(record.ElapsedSeconds, 1e-9);
        var achieved = record.Operations / seconds;
        var text = $"{Units.Count(achieved)} operations/s, {Units.Digits((record.Bytes ?? 0) / seconds / 1048576)} MiB/s";
        if (record.OpenLoop is { } open) text += $", asked for {Units.Count(open.RatePerSecond)}/s";
        if (record.ClientCeilingPerSecond is { } ceiling)
            text += $", {Units.Count(100 * achieved / ceiling)} % of the client's ceiling";
        return text;
    }

    private static string Latency(string step, LatencyRecord latency) =>
        $"{step,-8} p50 {Units.Duration(latency.P50Microseconds)}  p90 {Units.Duration(latency.P90Microseconds)}  "
        + $"p99 {Units.Duration(latency.P99Microseconds)}  p99.9 {Units.Duration(latency.P999Microseconds)}  "
        + $"p99.99 {Units.Duration(latency.P9999Microseconds ?? latency.MaxMicroseconds)}  "
        + $"max {Units.Duration(latency.MaxMicroseconds)}";

    private static string Schedule(OpenLoopRecord open) =>
        $"{Units.Count(open.Waited)} waited for a free connection; the client began {Units.Count(open.LateStarts)} late, by "
        + $"{Units.Duration(open.MaxLagMicroseconds)} at most"
        + (open.FellBehind ? ": IT FELL BEHIND, and this run shows that" : "");

    private static string Cpu(RunRecord record)
    {
        if (record.Operations == 0) return "no operation to share it";
        string Each(double cpuSeconds) => Units.Duration(cpuSeconds / record.Operations * 1e6);
        var parts = new List<string> { $"client {Each(record.CpuSeconds.Client ?? 0)}" };
        if (record.CpuSeconds.Proxy is { } proxy) parts.Add($"proxy {Each(proxy)}");
        if (record.CpuSeconds.Workers is { } workers)
            parts.Add($"{workers.Count} worker{(workers.Count == 1 ? "" : "s")} {Each(workers.Sum())}");
        return string.Join(", ", parts) + " per operation";
    }

    private static string Describe(MachineCpuRecord machine)
    {
        var all = Math.Max(0.01, machine.Sum());
        string Share(double seconds) => $"{Units.Count(100 * seconds / all)} %";
        return $"busy {Share(machine.BusySeconds)}, idle {Share(machine.IdleSeconds)}, "
            + $"waiting for disks {Share(machine.IoWaitSeconds)}, stolen {Share(machine.StealSeconds)}";
    }

    private static string Describe(BooksRecord books, IReadOnlyList<long>? shares)
    {
        string Known(long? count) => count is { } value ? Units.Count(value) : "unknown";
        var workers = shares is null ? "" : $" ({string.Join(" + ", shares.Select(share => Units.Count(share)))})";
        return $"{(books.Balanced ? "balanced" : "DO NOT BALANCE")}: client {Units.Count(books.Client)}, "
            + $"proxy {Known(books.Proxy)}, workers {Known(books.Workers)}{workers}"
            + (books.Stored is { } stored ? $"; counted {Known(books.Counted)}, stored {Units.Count(stored)}" : "");
    }

    private static IEnumerable<string> Errors(string title, ErrorTally errors) => errors.Counts.Select(
        kind => Line(title, $"{Units.Count(kind.Value)} x {kind.Key}, first: {errors.Examples[kind.Key]}"));

    private static string Line(string title, string text) => $"  {title,-11}{text}";
}
