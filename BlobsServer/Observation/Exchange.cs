namespace BlobsServer.Observation;

/// <summary>
/// A request and its answer, with what is measured of them. One a connection, used again for each request on it, so that
/// a request allocates none of this.
/// </summary>
internal sealed class Exchange(DefaultHttpContext http)
{
    /// <summary>nginx's status of a request whose client went away; it stands in logs and metrics and is never sent.</summary>
    public const int BrokenOff = 499;

    public DefaultHttpContext Http { get; } = http;

    public RouteName Route { get; set; }

    /// <summary>Where the request is counted; null before the first one.</summary>
    public RequestCounters? Counters { get; set; }

    /// <summary>When the request's head was complete, in ticks of TimeProvider.</summary>
    public long StartedAt { get; set; }

    /// <summary>Bytes of blobs that came in.</summary>
    public long ReceivedBytes { get; set; }

    /// <summary>Bytes of blobs and lists that went out (or were handed to the connection).</summary>
    public long SentBytes { get; set; }

    /// <summary>
    /// Whether the connection was lost before the request's end. Kestrel ends a request after its answer and does not say when
    /// it gave the last byte away, so that may be a moment after all of the answer was sent.
    /// </summary>
    public bool IsBrokenOff { get; set; }

    /// <summary>What goes into the books: <see cref="BrokenOff"/>, or the answer's status.</summary>
    public int Status => IsBrokenOff ? BrokenOff : Http.Response.StatusCode;

    public void Reset(long startedAt)
    {
        Route = RouteName.Unknown;
        StartedAt = startedAt;
        ReceivedBytes = 0;
        SentBytes = 0;
        IsBrokenOff = false;
    }
}
