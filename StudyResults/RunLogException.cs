namespace StudyResults;

/// <summary>A line of a run log that can't be used. The message is made for people: file:line, reason, remedy.</summary>
public sealed class RunLogException(string path, int lineNumber, string reason, string remedy)
    : Exception($"{path}:{lineNumber}: {reason}; {remedy}")
{
    public string Path { get; } = path;

    /// <summary>What is wrong with the line, alone.</summary>
    public string Reason { get; } = reason;

    /// <summary>Counted from 1.</summary>
    public int LineNumber { get; } = lineNumber;
}
