using StudyResults;

namespace RequestClient.Metering;

/// <summary>The supervisor's processes as they were at both edges of a window, each with itself.</summary>
internal sealed class ProcessPairs
{
    /// <summary>
    /// As many threads as a status names at most: one that is not among so many had used less than the least of them.
    /// </summary>
    private const int NamedThreads = 8;

    private readonly (ProcessStatus Start, ProcessStatus End)? _proxy;
    private readonly (ProcessStatus Start, ProcessStatus End)? _store;
    private readonly IReadOnlyList<(ProcessStatus Start, ProcessStatus End)>? _workers;

    public ProcessPairs(ControlStatus? start, ControlStatus? end)
    {
        _proxy = Same(start?.Proxy, end?.Proxy);
        _store = Same(start?.Store, end?.Store);
        _workers = Workers(start, end);
    }

    public double? OfProxy(Func<ProcessStatus, double?> seconds) => Difference(_proxy, seconds);

    public double? OfStore(Func<ProcessStatus, double?> seconds) => Difference(_store, seconds);

    public IReadOnlyList<double>? OfWorkers(Func<ProcessStatus, double?> seconds) => AllOrNull(pair => Difference(pair, seconds));

    public IReadOnlyList<long>? WorkerRequests => AllOrNull(pair => pair.End.Requests - pair.Start.Requests);

    /// <summary>
    /// At least: it is the sum of the threads that live, and one that ended in between took its share with it. Null when nobody
    /// could tell anything.
    /// </summary>
    public ComponentSecondsRecord? RunQueueWait(double? client) => KnownOrNull(new ComponentSecondsRecord
    {
        Client = client,
        Proxy = Waited(_proxy),
        Workers = AllOrNull(pair => Waited(pair)),
        Store = Waited(_store),
    });

    /// <summary>Null when nobody could tell anything.</summary>
    public ComponentSecondsRecord? BusiestThread(double? client) => KnownOrNull(new ComponentSecondsRecord
    {
        Client = client,
        Proxy = BusiestThread(_proxy),
        Workers = AllOrNull(pair => BusiestThread(pair)),
        Store = BusiestThread(_store),
    });

    /// <summary>Null without caps.</summary>
    public ThrottledRecord? Throttled()
    {
        var workers = _workers?.Select(pair => Throttled(pair)).ToList();
        var record = new ThrottledRecord
        {
            Workers = workers?.TrueForAll(worker => worker is not null) == true ? [.. workers.Select(worker => worker!)] : null,
            Proxy = Throttled(_proxy),
            Store = Throttled(_store),
        };
        return record is { Workers: null, Proxy: null, Store: null } ? null : record;
    }

    /// <summary>Each worker by its index; null when one was replaced meanwhile: its time is lost.</summary>
    private static List<(ProcessStatus Start, ProcessStatus End)>? Workers(ControlStatus? start, ControlStatus? end)
    {
        if (start is null || end is null || start.Workers.Count != end.Workers.Count) return null;
        var pairs = start.Workers.OrderBy(worker => worker.Index)
            .Zip(end.Workers.OrderBy(worker => worker.Index), (first, second) => (Start: first, End: second)).ToList();
        return pairs.All(pair => pair.Start.Pid == pair.End.Pid) ? pairs : null;
    }

    private static (ProcessStatus Start, ProcessStatus End)? Same(ProcessStatus? start, ProcessStatus? end) =>
        start is not null && end is not null && start.Pid == end.Pid ? (start, end) : null;

    private static double? Difference((ProcessStatus Start, ProcessStatus End)? pair, Func<ProcessStatus, double?> seconds) =>
        pair is var (start, end) ? seconds(end) - seconds(start) : null;

    private static double? Waited((ProcessStatus Start, ProcessStatus End)? pair) =>
        Difference(pair, process => process.RunQueueWaitSeconds) is { } seconds ? Math.Max(0, seconds) : null;

    private static double? BusiestThread((ProcessStatus Start, ProcessStatus End)? pair)
    {
        if (pair is not var (start, end) || start.BusiestThreads is not { } before || end.BusiestThreads is not { Count: > 0 } after)
            return null;
        var unnamed = before.Count < NamedThreads ? 0 : before.Min(thread => thread.CpuSeconds);
        return after.Max(thread =>
            Math.Max(
                0, thread.CpuSeconds - (before.FirstOrDefault(earlier => earlier.Tid == thread.Tid)?.CpuSeconds ?? unnamed)));
    }

    private static ThrottlingRecord? Throttled((ProcessStatus Start, ProcessStatus End)? pair) =>
        pair is var (start, end) && start.Throttled is { } before && end.Throttled is { } after
            ? new ThrottlingRecord
            {
                Periods = after.Periods - before.Periods,
                ThrottledPeriods = after.ThrottledPeriods - before.ThrottledPeriods,
                Seconds = after.Seconds - before.Seconds,
            }
            : null;

    private static ComponentSecondsRecord? KnownOrNull(ComponentSecondsRecord record) =>
        record is { Client: null, Proxy: null, Workers: null, Store: null } ? null : record;

    private List<T>? AllOrNull<T>(Func<(ProcessStatus Start, ProcessStatus End), T?> difference)
        where T : struct
    {
        var differences = _workers?.Select(difference).ToList();
        var isKnown = differences?.TrueForAll(value => value is not null) == true;
        return isKnown ? [.. differences!.Select(value => value!.Value)] : null;
    }
}
