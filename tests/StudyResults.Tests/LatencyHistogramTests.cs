using FsCheck.Fluent;

namespace StudyResults.Tests;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Percentiles = [0, 50, 90, 99, 99.9, 99.99, 100];

    /// <summary>Samples as latencies are: from nanoseconds to minutes, all magnitudes alike.</summary>
    private static readonly FsCheck.Arbitrary<long[]> Samples =
        Gen.Choose(0, 36).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(low => (1L << bits) + (low % (1L << bits))))
            .NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    [Fact]
    public void Percentiles_AnySamples_WithinATenthOfAPercentOfTheExactOnes() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Samples, samples =>
        {
            var histogram = Of(samples);
            Array.Sort(samples);
            return Percentiles.All(percentile =>
            {
                var rank = Math.Max(1, (int)Math.Ceiling((percentile / 100 * samples.Length) - 1e-9));
                var exact = samples[rank - 1];
                var read = histogram.ValueAtPercentile(percentile);
                return read >= exact && read - exact <= exact * 0.001;
            });
        }));

    [Fact]
    public void MaxAndMin_AnySamples_Exact() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll(Samples, samples =>
            Of(samples).MaxNanoseconds == samples.Max() && Of(samples).MinNanoseconds == samples.Min()));

    [Fact]
    public void Add_TwoHistograms_SameAsAllSamplesInOne() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll(Samples, Samples, (first, second) =>
        {
            var merged = Of(first);
            merged.Add(Of(second));
            var whole = Of([.. first, .. second]);
            return merged.Buckets().SequenceEqual(whole.Buckets()) && merged.MaxNanoseconds == whole.MaxNanoseconds
                && merged.MinNanoseconds == whole.MinNanoseconds && merged.Count == whole.Count;
        }));

    [Fact]
    public void Buckets_EveryBucket_BeginsWhereThePreviousEnds()
    {
        var last = LatencyHistogram.IndexOf(LatencyHistogram.HighestTrackableNanoseconds);
        for (var index = 1; index <= last; index++)
        {
            Assert.Equal(LatencyHistogram.HighestOf(index - 1) + 1, LatencyHistogram.LowestOf(index));
            Assert.Equal(index, LatencyHistogram.IndexOf(LatencyHistogram.LowestOf(index)));
            Assert.Equal(index, LatencyHistogram.IndexOf(LatencyHistogram.HighestOf(index)));
        }
    }

    [Fact]
    public void Record_LongerThanTrackable_CountedAndMaxExact()
    {
        var histogram = Of([LatencyHistogram.HighestTrackableNanoseconds * 3]);
        Assert.Equal(1, histogram.Count);
        Assert.Equal(LatencyHistogram.HighestTrackableNanoseconds * 3, histogram.MaxNanoseconds);
    }

    [Fact]
    public void Empty_EverythingAsked_Zero()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(0, histogram.ValueAtPercentile(99));
        Assert.Equal(0, histogram.MaxNanoseconds);
        Assert.Equal(0, histogram.MinNanoseconds);
        Assert.Equal(0, histogram.MeanNanoseconds);
        Assert.Empty(histogram.Buckets());
    }

    [Fact]
    public void Clear_AfterSamples_LikeNew()
    {
        var histogram = Of([1, 5_000_000]);
        histogram.Clear();
        histogram.Record(7);
        Assert.Equal(7, histogram.MaxNanoseconds);
        Assert.Equal(7, histogram.MinNanoseconds);
        Assert.Equal(1, histogram.Count);
    }

    private static LatencyHistogram Of(long[] samples)
    {
        var histogram = new LatencyHistogram();
        foreach (var sample in samples) histogram.Record(sample);
        return histogram;
    }
}
