namespace MultiProc.Logging;

/// <summary>How a line of the log looks.</summary>
internal enum LogFormat
{
    /// <summary>The name, a bar, the words: for people, and for service managers that add the time.</summary>
    Text,

    /// <summary>One JSON object with time, name, kind (event or output) and message.</summary>
    Json,
}
