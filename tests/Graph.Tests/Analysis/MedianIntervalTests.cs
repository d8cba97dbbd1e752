using Graph.Analysis.Estimating;

namespace Graph.Tests.Analysis;

public sealed class MedianIntervalTests
{
    [Theory]
    // The range, as long as nothing narrower covers with 95 %.
    [InlineData(1, 1, 1, 0)]
    [InlineData(2, 1, 2, 0.5)]
    [InlineData(5, 1, 5, 0.9375)]
    [InlineData(6, 1, 6, 0.96875)]
    [InlineData(8, 1, 8, 0.9921875)]
    // Tables of the sign test: 9 values, second to eighth, 96.09 %; 20 values, sixth to fifteenth, 95.86 %.
    [InlineData(9, 2, 8, 0.9609375)]
    [InlineData(20, 6, 15, 0.9586105)]
    public void Of_Values_GivesTheOrderStatisticsAndTheirExactCoverage(int count, double low, double high, double coverage)
    {
        var interval = MedianInterval.Of(Enumerable.Range(1, count).Select(value => (double)value).Reverse());

        Assert.Equal((low, high, (count + 1) / 2.0, count), (interval.Low, interval.High, interval.Median, interval.Count));
        Assert.Equal(coverage, interval.Coverage, 1e-6);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    public void Of_SkewedNoise_CoversAsOftenAsItSays(int count)
    {
        var random = new Random(7);
        const int studies = 4000;

        var covered = Enumerable.Range(0, studies).Count(_ =>
        {
            var interval = MedianInterval.Of(Enumerable.Range(0, count).Select(_ => Math.Exp(2 * Simulation.Normal(random))));
            return interval.Low <= 1 && 1 <= interval.High;
        });

        // Three standard errors of a share of 4000.
        var expected = MedianInterval.Of(Enumerable.Repeat(1.0, count)).Coverage;
        Assert.Equal(expected, (double)covered / studies, 3 * Math.Sqrt(expected * (1 - expected) / studies));
    }
}
