using StudyResults;

namespace RequestClient.Metering;

/// <summary>What happened between the two edges of a window.</summary>
internal sealed record WindowCost
{
    public required CpuSecondsRecord CpuSeconds { get; init; }

    public MachineCpuRecord? MachineCpu { get; init; }

    public required int ClientCollections { get; init; }

    public long? ProxyRequests { get; init; }

    public IReadOnlyList<long>? RequestsPerWorker { get; init; }

    public static WindowCost Between(WindowEdge start, WindowEdge end)
    {
        var workers = Pairs(start.Control, end.Control);
        var proxy = (Start: start.Control?.Proxy, End: end.Control?.Proxy);
        return new WindowCost
        {
            CpuSeconds = new CpuSecondsRecord
            {
                Client = end.ClientCpuSeconds - start.ClientCpuSeconds,
                Proxy = proxy.End?.Pid == proxy.Start?.Pid ? proxy.End?.CpuSeconds - proxy.Start?.CpuSeconds : null,
                Workers = AllOrNull(workers, pair => pair.End.CpuSeconds - pair.Start.CpuSeconds),
            },
            MachineCpu = Metering.MachineCpu.Between(start.MachineCpu, end.MachineCpu),
            ClientCollections = end.ClientCollections - start.ClientCollections,
            ProxyRequests = proxy.End?.Requests - proxy.Start?.Requests,
            RequestsPerWorker = AllOrNull(workers, pair => pair.End.Requests - pair.Start.Requests),
        };
    }

    /// <summary>Balances the books of client, proxy and workers; null when only the client kept any.</summary>
    public BooksRecord? Books(long clientRequests)
    {
        var workers = RequestsPerWorker?.Sum();
        return ProxyRequests is null && workers is null ? null : new BooksRecord
        {
            Client = clientRequests,
            Proxy = ProxyRequests,
            Workers = workers,
            Balanced = (ProxyRequests ?? clientRequests) == clientRequests && (workers ?? clientRequests) == clientRequests,
        };
    }

    /// <summary>Each worker at both edges, by index; null when one was replaced meanwhile: its time is lost.</summary>
    private static List<(ProcessStatus Start, ProcessStatus End)>? Pairs(ControlStatus? start, ControlStatus? end)
    {
        if (start is null || end is null || start.Workers.Count != end.Workers.Count) return null;
        var pairs = start.Workers.OrderBy(worker => worker.Index)
            .Zip(end.Workers.OrderBy(worker => worker.Index), (first, second) => (Start: first, End: second)).ToList();
        return pairs.All(pair => pair.Start.Pid == pair.End.Pid) ? pairs : null;
    }

    private static List<T>? AllOrNull<T>(
        List<(ProcessStatus Start, ProcessStatus End)>? pairs, Func<(ProcessStatus Start, ProcessStatus End), T?> difference)
        where T : struct
    {
        var differences = pairs?.Select(difference).ToList();
        var isKnown = differences?.TrueForAll(value => value is not null) == true;
        return isKnown ? [.. differences!.Select(value => value!.Value)] : null;
    }
}
