using System.Globalization;
using StudyResults;

namespace Graph.Inputs;

/// <summary>Whether a record that is well-formed also makes sense; what does not would show as a wild figure later.</summary>
internal static class RecordCheck
{
    private const int LongestName = 200;
    private const double ShortestSeconds = 1e-6;
    private const double LongestSeconds = 1e9;

    /// <summary>Sums over a million such runs still fit into 64 bits.</summary>
    private const long LargestCount = 1_000_000_000_000;

    private const int MostCores = 65_536;

    /// <summary>Null when the record can be used.</summary>
    public static string? ProblemOf(RunRecord record)
    {
        if (record.Action.Length is 0 or > 60
            || !record.Action.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '.'))
        {
            return $"action is '{OneLine.Of(record.Action)}', not a name such as baseline or put";
        }

        if (record.Procs is < 1 or > ResultsTable.MostProcs)
            return Bound("procs", record.Procs.Value, $"from 1 to {ResultsTable.MostProcs}");
        // A run that only its duration ended has no amount.
        if (record.Amount < (record.DurationSeconds is null ? 1 : 0)) return Bound("amount", record.Amount, "from 1");
        if (record.DurationSeconds is { } duration && !(duration is > 0 and <= LongestSeconds))
            return Bound("durationSeconds", duration, "above 0");
        if (record.OpenLoop is { } loop && !(loop.RatePerSecond is > 0 and < 1e12))
            return Bound("ratePerSecond", loop.RatePerSecond, "above 0");
        if (record.Capacity is { } capacity && !(capacity.RatePerSecond is > 0 and < 1e12))
            return Bound("capacity.ratePerSecond", capacity.RatePerSecond, "above 0");
        if (record.Capacity is { } searched && Objective.Parse(searched.Objective) is null)
            return $"capacity.objective is '{OneLine.Of(searched.Objective)}', not such as p99=20ms";
        if (record.ClientCeilingPerSecond is { } ceiling && !(ceiling is > 0 and < 1e12))
            return Bound("clientCeilingPerSecond", ceiling, "above 0");
        if (record.SizeKiB < 0) return Bound("sizeKiB", record.SizeKiB, "from 0");
        if (record.Concurrency < 1) return Bound("concurrency", record.Concurrency, "from 1");
        if (!(record.ElapsedSeconds is >= ShortestSeconds and <= LongestSeconds))
            return Bound("elapsedSeconds", record.ElapsedSeconds, $"from {ShortestSeconds} to {LongestSeconds}");
        if (record.Machine.Cores is < 1 or > MostCores)
            return Bound("machine.cores", record.Machine.Cores, $"from 1 to {MostCores}");
        if (Counters(record).FirstOrDefault(counter => counter.Count is < 0 or > LargestCount) is { Name: { } name } counter)
            return Bound(name, counter.Count, string.Create(CultureInfo.InvariantCulture, $"from 0 to {LargestCount}"));
        if (record.Block < 1 || record.Start < 1) return "block or start is below 1";
        foreach (var (field, limit) in Limits(record))
            if (limit is { } cores && !(cores is > 0 and < 1e6)) return Bound(field, cores, "above 0");
        if (Components(record).Any(seconds => !(seconds is >= 0 and <= LongestSeconds)))
            return "cpuSeconds, machineCpu, threads or waits hold a value that is no number of seconds";
        if (new[] { record.Study, record.Proxy, record.Store, record.StoreEngine, record.Durability }.Any(name => name?.Length > LongestName))
            return $"a name is longer than {LongestName} letters";
        return null;
    }

    private static IEnumerable<double> Components(RunRecord record) =>
    [
        record.CpuSeconds.Client ?? 0, record.CpuSeconds.Proxy ?? 0, .. record.CpuSeconds.Workers ?? [],
        record.CpuSeconds.Store ?? 0, .. Of(record.BusiestThreadSeconds), .. Of(record.RunQueueWaitSeconds),
        record.MachineCpu?.SoftirqSeconds ?? 0,
        record.Pressure?.CpuSomeSeconds ?? 0, record.Pressure?.IoSomeSeconds ?? 0, record.Pressure?.IoFullSeconds ?? 0,
        record.MachineCpu?.BusySeconds ?? 0, record.MachineCpu?.IdleSeconds ?? 0, record.MachineCpu?.IoWaitSeconds ?? 0,
        record.MachineCpu?.StealSeconds ?? 0,
    ];

    private static IEnumerable<(string Name, double? Cores)> Limits(RunRecord record) =>
    [
        ("cpuLimit", record.CpuLimit), ("proxyCpuLimit", record.ProxyCpuLimit), ("storeCpuLimit", record.StoreCpuLimit),
    ];

    private static IEnumerable<long?> Of(BooksRecord? books) =>
        [books?.Client, books?.Proxy, books?.Workers, books?.Counted, books?.Stored];

    private static IEnumerable<double> Of(ComponentSecondsRecord? seconds) =>
        seconds is null ? [] : [seconds.Client ?? 0, seconds.Proxy ?? 0, seconds.Store ?? 0, .. seconds.Workers ?? []];

    private static IEnumerable<(string Name, long Count)> Counters(RunRecord record) =>
    [
        ("operations", record.Operations), ("requests", record.Requests ?? 0), ("bytes", (record.Bytes ?? 0) / 1024),
        ("proxyRequests", record.ProxyRequests ?? 0),
        ("amount", record.Amount),
        .. record.Errors.Select(error => ("errors", error.Value)), .. (record.RequestsPerWorker ?? [])
            .Select(count => ("requestsPerWorker", count)),
        .. Of(record.Books).OfType<long>().Select(count => ("books", count)),
        .. new[] { record.Throttled?.Proxy, record.Throttled?.Store }.Concat(record.Throttled?.Workers ?? [])
            .OfType<ThrottlingRecord>()
            .SelectMany(cap => new[] { ("throttled", cap.Periods), ("throttled", cap.ThrottledPeriods) }),
    ];

    private static string Bound(string name, double value, string bound) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, not {bound}");
}
