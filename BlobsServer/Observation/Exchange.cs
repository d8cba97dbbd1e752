namespace BlobsServer.Observation;

/// <summary>
/// A request and its answer, with what is measured of them. One a connection, used again for each request on it, so that
/// a request allocates none of this.
/// </summary>
internal sealed class Exchange(DefaultHttpContext http)
{
    public DefaultHttpContext Http { get; } = http;

    public RouteName Route { get; set; }

    /// <summary>When the request's head was complete, in ticks of TimeProvider.</summary>
    public long StartedAt { get; set; }

    /// <summary>Bytes of blobs that came in.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Bytes of blobs and lists that went out (or were handed to the connection).</summary>
    public long SentBytes { get; set; }

    public void Reset(long startedAt)
    {
        Route = RouteName.Unknown;
        StartedAt = startedAt;
        ReceivedBytes = 0;
        SentBytes = 0;
    }
}
