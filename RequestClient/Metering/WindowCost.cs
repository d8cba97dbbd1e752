using RequestClient.Load;
using StudyResults;

namespace RequestClient.Metering;

/// <summary>What happened between the two edges of a window, beside the load itself.</summary>
internal sealed record WindowCost
{
    public required CpuSecondsRecord CpuSeconds { get; init; }

    public ComponentSecondsRecord? BusiestThreadSeconds { get; init; }

    public ComponentSecondsRecord? RunQueueWaitSeconds { get; init; }

    public ThrottledRecord? Throttled { get; init; }

    public PressureRecord? Pressure { get; init; }

    public MachineCpuRecord? MachineCpu { get; init; }

    public required int ClientCollections { get; init; }

    public long? ProxyRequests { get; init; }

    public IReadOnlyList<long>? RequestsPerWorker { get; init; }

    public static WindowCost Between(WindowEdge start, WindowEdge end, PhaseResult client)
    {
        var pairs = new ProcessPairs(start.Control, end.Control);
        static double? Cpu(ProcessStatus process) => process.CpuSeconds;
        return new WindowCost
        {
            CpuSeconds = new CpuSecondsRecord
            {
                Client = end.ClientCpuSeconds - start.ClientCpuSeconds,
                Proxy = pairs.OfProxy(Cpu),
                Workers = pairs.OfWorkers(Cpu),
                Store = pairs.OfStore(Cpu),
            },
            BusiestThreadSeconds = pairs.BusiestThread(client.BusiestThread?.TotalSeconds),
            RunQueueWaitSeconds = pairs.RunQueueWait(client.RunQueueWait?.TotalSeconds),
            Throttled = pairs.Throttled(),
            Pressure = Metering.Pressure.Between(start.Pressure, end.Pressure),
            MachineCpu = Metering.MachineCpu.Between(start.MachineCpu, end.MachineCpu),
            ClientCollections = end.ClientCollections - start.ClientCollections,
            ProxyRequests = end.Control?.Proxy?.Requests - start.Control?.Proxy?.Requests,
            RequestsPerWorker = pairs.WorkerRequests,
        };
    }

    /// <summary>Balances the books of client, proxy, workers and store; null when only the client kept any.</summary>
    /// <param name="clientRequests">What the client sent.</param>
    /// <param name="counted">Operations that the client was told of, which the store should hold more; null when nothing counts
    /// them.</param>
    /// <param name="stored">What it does hold more.</param>
    public BooksRecord? Books(long clientRequests, long? counted, long? stored)
    {
        var workers = RequestsPerWorker?.Sum();
        return ProxyRequests is null && workers is null && stored is null ? null : new BooksRecord
        {
            Client = clientRequests,
            Proxy = ProxyRequests,
            Workers = workers,
            Counted = counted,
            Stored = stored,
            Balanced = (ProxyRequests ?? clientRequests) == clientRequests && (workers ?? clientRequests) == clientRequests
                && counted == stored,
        };
    }
}
