using System.Collections.Concurrent;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Graph.Analysis.Estimating;

/// <summary>How often each block is taken, and the probability of exactly that draw.</summary>
internal sealed record Resample(IReadOnlyList<int> Times, double Weight);

/// <summary>
/// The bootstrap over blocks: blocks drawn with replacement tell how much a fitted number would differ in another study.
/// With few blocks every possible draw is taken with its probability, so that no random number is involved.
/// </summary>
internal static class BlockResampling
{
    private const int MostDraws = 1000;
    private const int Seed = 20170104;

    // The same for every action of a study, and for every one of the intervals of a curve.
    private static readonly ConcurrentDictionary<int, IReadOnlyList<Resample>> Resamples = new();
    private static readonly ConcurrentDictionary<(int Blocks, double Coverage), double> Outsides = new();

    /// <param name="blocks">At least two.</param>
    public static IReadOnlyList<Resample> Of(int blocks) => Resamples.GetOrAdd(
        blocks, count => SpecialFunctions.Binomial(2 * count - 1, count) <= MostDraws ? All(count) : Drawn(count));

    /// <summary>
    /// An interval from resampled values. With few blocks plain percentiles are too narrow, so percentiles further out are
    /// used: those that make the interval of a mean as wide as Student's.
    /// Source: T. Hesterberg, "What Teachers Should Know About the Bootstrap", The American Statistician 69 (2015), expanded
    /// percentile interval.
    /// </summary>
    /// <param name="values">The value in each resample.</param>
    /// <param name="resamples">The resamples, in the same order.</param>
    /// <param name="coverage">For instance 0.9.</param>
    public static (double Low, double High) Interval(
        IReadOnlyList<double> values, IReadOnlyList<Resample> resamples, double coverage)
    {
        var outside = Outsides.GetOrAdd((resamples[0].Times.Count, coverage), key => Outside(key.Blocks, key.Coverage));
        // Equal values stay in the order of their resamples, or the sums of their weights would depend on how it is sorted.
        var sorted = new (double Value, int Index)[values.Count];
        for (var index = 0; index < sorted.Length; index++) sorted[index] = (values[index], index);
        Array.Sort(sorted, static (left, right) =>
            left.Value.CompareTo(right.Value) is var order and not 0 ? order : left.Index.CompareTo(right.Index));
        return (Quantile(sorted, resamples, outside), Quantile(sorted, resamples, 1 - outside));
    }

    /// <summary>The part of the resamples that lies beyond either end.</summary>
    private static double Outside(int blocks, double coverage)
    {
        var student = StudentT.InvCDF(0, 1, blocks - 1, (1 + coverage) / 2);
        return Normal.CDF(0, 1, -Math.Sqrt(blocks / (blocks - 1.0)) * student);
    }

    private static double Quantile((double Value, int Index)[] sorted, IReadOnlyList<Resample> resamples, double probability)
    {
        var passed = 0.0;
        foreach (var (value, index) in sorted)
        {
            passed += resamples[index].Weight;
            if (passed >= probability) return value;
        }

        return sorted[^1].Value;
    }

    private static List<Resample> All(int blocks)
    {
        var resamples = new List<Resample>();
        var times = new int[blocks];
        void Fill(int block, int left)
        {
            times[block] = left;
            if (block == blocks - 1)
            {
                var weight = SpecialFunctions.Multinomial(blocks, times) / Math.Pow(blocks, blocks);
                resamples.Add(new Resample([.. times], weight));
                return;
            }

            for (var taken = 0; taken <= left; taken++)
            {
                times[block] = taken;
                Fill(block + 1, left - taken);
            }
        }

        Fill(0, blocks);
        return resamples;
    }

    private static List<Resample> Drawn(int blocks)
    {
        var random = new Random(Seed);
        return
        [
            .. Enumerable.Range(0, MostDraws).Select(_ =>
            {
                var times = new int[blocks];
                for (var draw = 0; draw < blocks; draw++) times[random.Next(blocks)]++;
                return new Resample(times, 1.0 / MostDraws);
            }),
        ];
    }
}
