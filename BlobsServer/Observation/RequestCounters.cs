namespace BlobsServer.Observation;

/// <summary>
/// Counts of what was answered, of the requests that began on one processor. Adding is a few interlocked additions to memory
/// that other processors rarely touch: it happens for every request.
/// </summary>
internal sealed class RequestCounters
{
    private const int FirstStatus = 100;
    private const int Statuses = 500;

    private static readonly int Routes = Enum.GetValues<RouteName>().Length;

    private readonly long[] _requests = new long[Routes * Statuses];
    private readonly DurationHistogram[] _durations =
        [.. Enumerable.Range(0, Routes).Select(_ => new DurationHistogram(Metrics.BucketSeconds))];

    private long _inFlight;
    private long _receivedBytes;
    private long _sentBytes;

    public long InFlight => Volatile.Read(ref _inFlight);

    public long ReceivedBytes => Volatile.Read(ref _receivedBytes);

    public long SentBytes => Volatile.Read(ref _sentBytes);

    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>On the same counters as its beginning, so that what is in flight is never less than nothing.</summary>
    public void End(Exchange exchange, TimeSpan elapsed)
    {
        var status = Math.Clamp(exchange.Status - FirstStatus, 0, Statuses - 1);
        Interlocked.Increment(ref _requests[((int)exchange.Route * Statuses) + status]);
        _durations[(int)exchange.Route].Add(elapsed);
        if (exchange.ReceivedBytes > 0) Interlocked.Add(ref _receivedBytes, exchange.ReceivedBytes);
        if (exchange.SentBytes > 0) Interlocked.Add(ref _sentBytes, exchange.SentBytes);
        // Last: who sees that nothing is in flight can rely on all being counted.
        Interlocked.Decrement(ref _inFlight);
    }

    /// <summary>Each route and status that was answered, and how often.</summary>
    public IEnumerable<(RouteName Route, int Status, long Count)> Requests()
    {
        for (var index = 0; index < _requests.Length; index++)
        {
            var count = Volatile.Read(ref _requests[index]);
            if (count > 0) yield return ((RouteName)(index / Statuses), (index % Statuses) + FirstStatus, count);
        }
    }

    public DurationHistogram Durations(RouteName route) => _durations[(int)route];
}
