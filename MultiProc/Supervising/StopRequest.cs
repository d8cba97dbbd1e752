namespace MultiProc.Supervising;

/// <summary>Why everything is to end, and the exit status that says so.</summary>
/// <param name="ExitStatus">0, 1, or 128 and the signal's number.</param>
/// <param name="Problem">What went wrong and what to do, in one line; null when nothing did.</param>
/// <param name="IsSignal">Whether a signal asked for it.</param>
internal sealed record StopRequest(int ExitStatus, string? Problem = null, bool IsSignal = false);
