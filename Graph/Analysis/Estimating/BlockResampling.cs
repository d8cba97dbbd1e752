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

    /// <param name="blocks">At least two.</param>
    public static IReadOnlyList<Resample> Of(int blocks) =>
        SpecialFunctions.Binomial(2 * blocks - 1, blocks) <= MostDraws ? All(blocks) : Drawn(blocks);

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
        var blocks = resamples[0].Times.Count;
        var student = StudentT.InvCDF(0, 1, blocks - 1, (1 + coverage) / 2);
        var outside = Normal.CDF(0, 1, -Math.Sqrt(blocks / (blocks - 1.0)) * student);
        var sorted = values.Zip(resamples, (value, resample) => (Value: value, resample.Weight)).OrderBy(pair => pair.Value)
            .ToList();
        return (Quantile(sorted, outside), Quantile(sorted, 1 - outside));
    }

    private static double Quantile(List<(double Value, double Weight)> sorted, double probability)
    {
        var passed = 0.0;
        foreach (var (value, weight) in sorted)
        {
            passed += weight;
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
