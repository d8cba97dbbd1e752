using MultiProc.Processes;

namespace MultiProc.Metering;

/// <summary>
/// A process and all that it started, where the kernel does not count them as a group: found by their parents and their
/// sessions at each look, and remembered, because one whose parent has ended is somebody else's child. One that became so
/// between two looks bears a mark. What a member used that has ended is in its parent's sum of children, if that is a
/// member and lives; otherwise what was last seen is kept.
/// </summary>
/// <param name="isMarked">Whether a process that no look has met bears this tree's mark.</param>
internal sealed class ProcessTree(Func<int, bool> isMarked)
{
    private HashSet<(int Pid, long StartTicks)> _strangers = [];
    private readonly HashSet<int> _sessions = [];
    private Dictionary<int, ProcessEntry> _members = [];
    private TimeSpan _ended;
    private int? _root;

    /// <summary>User and system time so far.</summary>
    public TimeSpan Cpu => _ended + Sum(_members.Values);

    /// <summary>Those that lived when it last looked.</summary>
    public IReadOnlyCollection<ProcessEntry> Members => _members.Values;

    /// <summary>From now on it is this process's tree; members of the one before are remembered.</summary>
    public void Follow(int root)
    {
        _root = root;
        _sessions.Add(root);
    }

    public void Look(ProcessTable table, Func<int, TimeSpan?> preciseCpu)
    {
        var found = Find(table);
        foreach (var member in _members.Values)
        {
            if (found.ContainsKey(member.Pid)) continue;
            if (!found.ContainsKey(member.Parent)) _ended += member.OwnCpu + member.ChildrenCpu;
        }

        _members = found.ToDictionary(
            pair => pair.Key, pair => pair.Value with { OwnCpu = preciseCpu(pair.Key) ?? pair.Value.OwnCpu });
        _sessions.RemoveWhere(session => session != _root && _members.Values.All(member => member.Session != session));
    }

    private Dictionary<int, ProcessEntry> Find(ProcessTable table)
    {
        var found = table.ByPid.Values.Where(IsKnown).ToDictionary(entry => entry.Pid);
        var rest = table.ByPid.Values.Where(entry => !found.ContainsKey(entry.Pid)).ToList();
        while (true)
        {
            var joining = rest.Where(entry => found.ContainsKey(entry.Parent) || _sessions.Contains(entry.Session)).ToList();
            if (joining.Count == 0) joining = rest.Where(IsMarked).ToList();
            if (joining.Count == 0) break;
            foreach (var entry in joining)
            {
                found[entry.Pid] = entry;
                if (entry.Session == entry.Pid) _sessions.Add(entry.Pid);
            }

            rest.RemoveAll(entry => found.ContainsKey(entry.Pid));
        }

        _strangers = rest.Select(Identify).ToHashSet();
        return found;
    }

    private bool IsMarked(ProcessEntry entry) => !_strangers.Contains(Identify(entry)) && isMarked(entry.Pid);

    private static (int Pid, long StartTicks) Identify(ProcessEntry entry) => (entry.Pid, entry.StartTicks);

    private bool IsKnown(ProcessEntry entry) =>
        entry.Pid == _root || (_members.TryGetValue(entry.Pid, out var member) && member.StartTicks == entry.StartTicks);

    private static TimeSpan Sum(IEnumerable<ProcessEntry> entries) =>
        entries.Aggregate(TimeSpan.Zero, (sum, entry) => sum + entry.OwnCpu + entry.ChildrenCpu);
}
