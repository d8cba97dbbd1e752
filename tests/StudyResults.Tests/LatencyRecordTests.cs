namespace StudyResults.Tests;

public sealed class LatencyRecordTests
{
    [Fact]
    public void Of_ThousandMilliseconds_PercentilesInMicroseconds()
    {
        var histogram = new LatencyHistogram();
        for (var sample = 1; sample <= 1_000; sample++) histogram.Record(sample * 1_000_000);
        var record = LatencyRecord.Of(histogram);
        Assert.Equal((1_000, 1_000_000.0), (record.Count, record.MaxMicroseconds));
        Assert.InRange(record.P50Microseconds, 500_000, 500_500);
        Assert.InRange(record.P90Microseconds, 900_000, 900_900);
        Assert.InRange(record.P99Microseconds, 990_000, 991_000);
        Assert.InRange(record.P999Microseconds, 999_000, 1_000_000);
        Assert.Equal(1_000_000, record.P9999Microseconds);
        Assert.Equal(histogram.Count, LatencyHistogram.Decode(record.Histogram!).Count);
    }

    [Fact]
    public void Of_Nothing_Zeros()
    {
        var record = LatencyRecord.Of(new LatencyHistogram());
        Assert.Equal(
            (0, 0.0, 0.0, 0.0), (record.Count, record.P50Microseconds, record.P9999Microseconds, record.MaxMicroseconds));
    }
}
