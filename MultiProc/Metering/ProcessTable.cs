using MultiProc.Processes;

namespace MultiProc.Metering;

/// <summary>All processes of the machine, as one look at /proc finds them.</summary>
internal sealed class ProcessTable(IEnumerable<ProcessEntry> entries)
{
    public IReadOnlyDictionary<int, ProcessEntry> ByPid { get; } = entries.ToDictionary(entry => entry.Pid);

    public static ProcessTable Look() => new(ProcFile.AllPids().Select(ProcFile.ReadEntry).OfType<ProcessEntry>());
}
