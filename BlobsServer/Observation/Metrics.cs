
namespace BlobsServer.Observation;

/// <summary>Counts of what was answered. Adding is a few interlocked additions: it happens for every request.</summary>
internal sealed class Metrics
{
    /// <summary>Upper bounds of the duration buckets.</summary>
    public static readonly double[] BucketSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private const int FirstStatus = 100;
    private const int Statuses = 500;

    private static readonly int Routes = Enum.GetValues<RouteName>().Length;

    private readonly long[] _requests = new long[Routes * Statuses];
    private readonly DurationHistogram[] _durations = [.. Enumerable.Range(0, Routes).Select(_ => new DurationHistogram(BucketSeconds))];
    private long _inFlight;
    private long _receivedBytes;
    private long _sentBytes;

    /// <summary>Requests whose head has come and whose answer has not gone.</summary>
    public long InFlight => Volatile.Read(ref _inFlight);

    public long ReceivedBytes => Volatile.Read(ref _receivedBytes);

    public long SentBytes => Volatile.Read(ref _sentBytes);

    public void Begin() => Interlocked.Increment(ref _inFlight);

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
