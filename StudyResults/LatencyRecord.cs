namespace StudyResults;

/// <summary>Latency of one step, from just before the request was sent until its reply was wholly read.</summary>
public sealed record LatencyRecord
{
    /// <summary>Requests counted.</summary>
    public required long Count { get; init; }

    public required double P50Microseconds { get; init; }

    public required double P90Microseconds { get; init; }

    public required double P99Microseconds { get; init; }

    public required double P999Microseconds { get; init; }

    public double? P9999Microseconds { get; init; }

    /// <summary>The slowest one, exact.</summary>
    public required double MaxMicroseconds { get; init; }

    /// <summary>
    /// All of them, as <see cref="LatencyHistogram"/> encodes itself; null when only the percentiles are known.
    /// </summary>
    public string? Histogram { get; init; }

    /// <summary>Sums a histogram up.</summary>
    public static LatencyRecord Of(LatencyHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        double Microseconds(double percentile) => histogram.ValueAtPercentile(percentile) / 1e3;
        return new LatencyRecord
        {
            Count = histogram.Count,
            P50Microseconds = Microseconds(50),
            P90Microseconds = Microseconds(90),
            P99Microseconds = Microseconds(99),
            P999Microseconds = Microseconds(99.9),
            P9999Microseconds = Microseconds(99.99),
            MaxMicroseconds = histogram.MaxNanoseconds / 1e3,
            Histogram = histogram.Encode(),
        };
    }
}
