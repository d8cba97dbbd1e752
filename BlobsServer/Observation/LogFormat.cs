namespace BlobsServer.Observation;

/// <summary>How requests are logged on the standard output.</summary>
internal enum LogFormat
{
    /// <summary>Not at all; failures are still said on the standard error.</summary>
    None,

    /// <summary>A line a request for people.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    Json,
}
