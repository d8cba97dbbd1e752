using MultiProc.ControlGroups;
using MultiProc.Processes;

namespace MultiProc.Metering;

/// <summary>
/// What the process trees that ran in one place, one after the other, have used. Asked of the kernel where it counts them
/// as a group; otherwise found by looking at all processes, at least once a second while the supervisor's loop turns and
/// every five at rest, so that what one used that ends between two looks may be lost. Read from any thread.
/// </summary>
/// <param name="groups">The control groups that it runs in.</param>
/// <param name="mark">NAME=VALUE that only it and what it starts have in their environment.</param>
internal sealed class ProcessMeter(ProcessGroups groups, string mark)
{
    private readonly Lock _lock = new();
    private readonly ProcessTree _tree = new(pid => ProcFile.HasInEnvironment(pid, mark));
    private bool _ran;

    /// <summary>Whether somebody has to look at all processes for it.</summary>
    private bool NeedsTable => !groups.Measure;

    /// <summary>One look at all processes for those that need it; whether any does.</summary>
    public static bool LookForAll(IEnumerable<ProcessMeter> meters)
    {
        var needing = meters.Where(meter => meter.NeedsTable).ToList();
        if (needing.Count == 0) return false;
        var table = ProcessTable.Look();
        foreach (var meter in needing) meter.Look(table);
        return true;
    }

    /// <summary>The next process has started.</summary>
    public void Follow(int pid)
    {
        lock (_lock)
        {
            _ran = true;
            _tree.Follow(pid);
        }
    }

    /// <summary>Notes who is there and what they used.</summary>
    public void Look(ProcessTable table)
    {
        if (!NeedsTable) return;
        lock (_lock) _tree.Look(table, Posix.CpuTimeOf);
    }

    /// <summary>User and system time so far; null when none ever ran.</summary>
    public TimeSpan? Cpu()
    {
        lock (_lock) return !_ran ? null : groups.Measure ? groups.CpuTime() : _tree.Cpu;
    }

    /// <summary>Ends what is left of a tree whose first process has ended.</summary>
    public void KillMembers()
    {
        if (groups.Measure)
        {
            foreach (var pid in groups.Members())
                PidDescriptor.Signal(pid, Posix.SigKill, member => groups.Members().Contains(member));
            return;
        }

        // The list is from a moment ago, and a pid may be somebody else's now.
        lock (_lock)
        {
            foreach (var member in _tree.Members)
                PidDescriptor.Signal(member.Pid, Posix.SigKill, pid => ProcFile.Identify(pid)?.StartTicks == member.StartTicks);
        }
    }

    /// <summary>Pids of the whole tree.</summary>
    public IReadOnlyList<int> Members()
    {
        if (groups.Measure) return groups.Members();
        lock (_lock) return [.. _tree.Members.Select(member => member.Pid)];
    }
}
