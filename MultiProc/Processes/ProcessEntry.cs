namespace MultiProc.Processes;

/// <summary>A process as /proc/PID/stat has it.</summary>
/// <param name="Pid">Its number, which is used again.</param>
/// <param name="Parent">Who started it, or who adopted it.</param>
/// <param name="Session">The pid of its session's leader.</param>
/// <param name="StartTicks">When it started; with the pid, its identity until the next boot.</param>
/// <param name="OwnCpu">User and system time, in ticks of 10 ms.</param>
/// <param name="ChildrenCpu">Those of its ended children that it has asked after, and of theirs.</param>
internal sealed record ProcessEntry(
    int Pid, int Parent, int Session, long StartTicks, TimeSpan OwnCpu, TimeSpan ChildrenCpu);
