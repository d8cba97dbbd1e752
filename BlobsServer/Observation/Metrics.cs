namespace BlobsServer.Observation;

/// <summary>
/// Counts of what was answered, kept for each processor on its own and added up when somebody asks: counters that all event
/// loops share would travel between their processors half a dozen times a request.
/// </summary>
internal sealed class Metrics
{
    /// <summary>Upper bounds of the duration buckets.</summary>
    public static readonly double[] BucketSeconds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly RequestCounters[] _byProcessor =
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new RequestCounters())];

    /// <summary>Requests whose head has come and whose answer has not gone.</summary>
    public long InFlight => _byProcessor.Sum(counters => counters.InFlight);

    public long ReceivedBytes => _byProcessor.Sum(counters => counters.ReceivedBytes);

    public long SentBytes => _byProcessor.Sum(counters => counters.SentBytes);

    /// <summary>A request's head is here; its end is to be told to the counters that are handed back.</summary>
    public RequestCounters Begin()
    {
        var counters = _byProcessor[(uint)Thread.GetCurrentProcessorId() % (uint)_byProcessor.Length];
        counters.Begin();
        return counters;
    }

    /// <summary>Each route and status that was answered, and how often.</summary>
    public IEnumerable<(RouteName Route, int Status, long Count)> Requests() =>
        from answered in _byProcessor.SelectMany(counters => counters.Requests())
        group answered.Count by (answered.Route, answered.Status) into same
        orderby same.Key
        select (same.Key.Route, same.Key.Status, same.Sum());

    /// <summary>For each bound how many requests took at most so long, and last how many there were.</summary>
    public long[] CumulativeDurations(RouteName route)
    {
        var cumulative = new long[BucketSeconds.Length + 1];
        foreach (var counters in _byProcessor)
        {
            var part = counters.Durations(route).Cumulative();
            for (var bucket = 0; bucket < cumulative.Length; bucket++) cumulative[bucket] += part[bucket];
        }

        return cumulative;
    }

    public double SumSeconds(RouteName route) => _byProcessor.Sum(counters => counters.Durations(route).SumSeconds);
}
