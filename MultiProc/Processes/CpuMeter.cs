namespace MultiProc.Processes;

/// <summary>
/// Processor time of the processes that ran in one place, one after the other. What one has used can't be asked any more
/// when it has ended, so it is asked on every turn of the supervisor's loop, and kept. Read from any thread.
/// </summary>
internal sealed class CpuMeter
{
    private readonly Lock _lock = new();
    private TimeSpan _ended;
    private TimeSpan _present;
    private int? _pid;

    /// <summary>The next process has started, or, by null, the present one has ended.</summary>
    public void Follow(int? pid)
    {
        lock (_lock) (_ended, _present, _pid) = (_ended + _present, TimeSpan.Zero, pid);
    }

    /// <summary>User and system time so far; null when none ever ran.</summary>
    public TimeSpan? Read()
    {
        lock (_lock)
        {
            if (_pid is { } pid && Posix.CpuTimeOf(pid) is { } now) _present = now;
            return _pid is null && _ended == TimeSpan.Zero ? null : _ended + _present;
        }
    }
}
