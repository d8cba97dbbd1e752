namespace BlobsServer.Observation;

/// <summary>What a request is about, for metrics and the access log.</summary>
internal enum RouteName
{
    Unknown,
    Root,
    Health,
    Metrics,
    List,
    Blob,
    Flags,
    Stream,
}
