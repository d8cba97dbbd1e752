using System.Globalization;
using RequestClient.Display;
using StudyResults;

namespace RequestClient.Tests.Display;

public sealed class PercentileTableTests
{
    [Fact]
    public void Lines_ThousandSamples_TheClassicTable()
    {
        var lines = PercentileTable.Lines(Uniform(1000)).ToList();
        Assert.Equal("       Value     Percentile TotalCount 1/(1-Percentile)", lines[0]);
        Assert.Equal("", lines[1]);
        Assert.Equal("       0.001 0.000000000000          1           1.00", lines[2]);
        Assert.Equal("       0.100 0.100000000000        100           1.11", lines[3]);
        Assert.Equal("       1.000 1.000000000000       1000", lines[^4]);
        Assert.Equal("#[Mean    =        0.501, StdDeviation   =        0.289]", lines[^3]);
        Assert.Equal("#[Max     =        1.000, Total count    =         1000]", lines[^2]);
        Assert.Matches(@"\A#\[Buckets = +\d+, SubBuckets     =         2048\]\z", lines[^1]);
    }

    [Fact]
    public void Lines_AnySamples_RisingAndTrue()
    {
        var histogram = Uniform(100_000);
        var rows = PercentileTable.Lines(histogram).Skip(2).TakeWhile(line => line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(cells => cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToList();
        Assert.InRange(rows.Count, 50, 200);
        foreach (var (row, next) in rows.Zip(rows.Skip(1)))
        {
            Assert.True(row[0] <= next[0] && row[1] < next[1] && row[2] <= next[2]);
            Assert.True(row[2] >= Math.Floor(row[1] * histogram.Count));
            Assert.Equal(histogram.ValueAtPercentile(row[1] * 100) / 1e6, row[0], tolerance: 0.002 * row[0] + 0.002);
        }
    }

    [Fact]
    public void Lines_NoSample_OnlyHeadAndFoot() => Assert.Equal(5, PercentileTable.Lines(new LatencyHistogram()).Count());

    private static LatencyHistogram Uniform(int samples)
    {
        var histogram = new LatencyHistogram();
        for (var sample = 1; sample <= samples; sample++) histogram.Record(sample * 1000);
        return histogram;
    }
}
