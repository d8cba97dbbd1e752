using Graph.Analysis.Estimating;
using MathNet.Numerics.Distributions;

namespace Graph.Analysis.Comparing;

/// <summary>
/// From an interval to an answer. The interval of five blocks alone would call two identical arms different in 6.25 % of
/// the studies; asking for a median beyond the margin as well brings that below 5 % (CalibrationTests show how far).
/// </summary>
/// <param name="MarginRatio">0.05 for 5 %: ratios from 1/1.05 to 1.05 count as equal.</param>
internal sealed record DecisionRule(double MarginRatio)
{
    public static DecisionRule Default { get; } = new(0.05);

    /// <summary>With four blocks even the whole range misses the true median in one study of eight.</summary>
    public const int LeastBlocks = 5;

    /// <summary>Beyond this many, "more runs" is no advice.</summary>
    private const int MostBlocks = 500;

    /// <summary>A study of the advised size decides with this probability, if the effect is what it looks like now.</summary>
    public const double WantedPower = 0.8;

    private double Margin => Math.Log(1 + MarginRatio);

    /// <param name="logRatio">Of the logarithms of the ratios within the blocks.</param>
    public Answer Decide(MedianInterval logRatio) => logRatio switch
    {
        { Count: < LeastBlocks } => Answer.Inconclusive,
        { Low: > 0 } when logRatio.Median > Margin => Answer.Faster,
        { High: < 0 } when logRatio.Median < -Margin => Answer.Slower,
        _ when logRatio.Low >= -Margin && logRatio.High <= Margin => Answer.Equivalent,
        _ => Answer.Inconclusive,
    };

    /// <summary>
    /// About the smallest number of blocks, more than there are, in which a study like this one would most likely decide; null
    /// when not even 500 would, because the effect looks as large as the margin.
    /// </summary>
    /// <param name="logRatios">One per block, at least two.</param>
    public int? BlocksToDecide(IReadOnlyList<double> logRatios)
    {
        var effect = MedianInterval.Of(logRatios).Median;
        var noise = MathNet.Numerics.Statistics.ArrayStatistics.StandardDeviation([.. logRatios]);
        // Steps of a tenth: the noise is not known any better.
        for (var blocks = Math.Max(LeastBlocks, logRatios.Count + 1); blocks <= MostBlocks; blocks += Math.Max(1, blocks / 10))
        {
            if (ChanceToDecide(blocks, Math.Abs(effect), noise) >= WantedPower) return blocks;
        }

        return null;
    }

    /// <summary>
    /// A lower bound of the chance, for normal noise: each condition fails when too many of the values fall on its wrong
    /// side, which is a matter of the binomial distribution; that one of two fails is at most the sum of both.
    /// </summary>
    private double ChanceToDecide(int blocks, double effect, double noise)
    {
        var left = MedianInterval.LeftOut(blocks);
        double MoreThan(int allowed, double bound) => 1 - Binomial.CDF(Below(bound, effect, noise), blocks, allowed);
        var different = 1 - MoreThan(left, 0) - MoreThan((blocks - 1) / 2, Margin);
        var equivalent = Binomial.CDF(1 - Below(Margin, effect, noise), blocks, left) - MoreThan(left, -Margin);
        return Math.Max(different, equivalent);
    }

    private static double Below(double bound, double effect, double noise) =>
        noise > 0 ? Normal.CDF(effect, noise, bound) : bound > effect ? 1 : 0;
}
