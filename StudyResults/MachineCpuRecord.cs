namespace StudyResults;

/// <summary>Seconds of all processors together, from /proc/stat (proc(5)), in steps of 10 ms.</summary>
public sealed record MachineCpuRecord
{
    /// <summary>Everything but the others below.</summary>
    public required double BusySeconds { get; init; }

    public required double IdleSeconds { get; init; }

    /// <summary>Idle while a disk was waited for.</summary>
    public required double IoWaitSeconds { get; init; }

    /// <summary>
    /// The part of the busy seconds that the kernel spent on interrupts' later halves, mostly the network's: on loopback it
    /// is charged to whoever ran just then, or to nobody. Null in older records.
    /// </summary>
    public double? SoftirqSeconds { get; init; }

    /// <summary>Taken by other machines on the same host.</summary>
    public required double StealSeconds { get; init; }

    /// <summary>All the time there was.</summary>
    public double Sum() => BusySeconds + IdleSeconds + IoWaitSeconds + StealSeconds;
}
