using MultiProc.Keeping;
using MultiProc.Workers;

namespace MultiProc.WaysIn;

/// <summary>How requests come to the workers: what stands in front of them, if anything does.</summary>
internal interface IWayIn
{
    /// <summary>The proxy; null when clients reach the workers themselves.</summary>
    SupervisedProcess? Proxy { get; }

    /// <summary>The proxy's name for people.</summary>
    string ProxyName { get; }

    /// <summary>The signal that has the proxy end in order, what is under way included where it can.</summary>
    int StopSignal { get; }

    /// <summary>How long that may take.</summary>
    TimeSpan StopPatience { get; }

    /// <summary>
    /// Whether it can be told at any time to whom of the workers it sends, so that one takes over from another.
    /// </summary>
    bool CanSwitch { get; }

    /// <summary>Whether it answers what it is told and asked now.</summary>
    bool IsListening { get; }

    /// <summary>What it sends to a worker, as far as it was told.</summary>
    SlotState SlotOf(Worker worker);

    /// <summary>Makes what it sends what the workers want.</summary>
    Task BalanceAsync(IEnumerable<Worker> workers, CancellationToken cancellation);

    /// <summary>Tells it at once what to send to a worker; whether it took it.</summary>
    Task<bool> ApplyAsync(Worker worker, SlotState wanted, CancellationToken cancellation);

    /// <summary>What it counts; null when it counts nothing or does not answer.</summary>
    Task<RequestCounters?> CountAsync(CancellationToken cancellation);
}
