namespace ServiceDefaults;

/// <summary>How requests are logged on the standard output.</summary>
public enum LogFormat
{
    /// <summary>Not at all; failures are still said on the standard error.</summary>
    None,

    /// <summary>A JSON object a line.</summary>
    Json,
}
