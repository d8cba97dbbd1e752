using MultiProc.ControlGroups;
using MultiProc.Logging;
using MultiProc.Processes;

namespace MultiProc.Keeping;

/// <summary>What every supervised process needs of its supervisor.</summary>
internal sealed record Equipment(
    MonotonicClock Clock, Wakeup Wakeup, Launcher Launcher, Log Log, GroupMaker Groups, Rounds Rounds);
