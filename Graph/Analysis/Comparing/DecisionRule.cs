using Graph.Analysis.Estimating;
using Graph.Analysis.Selecting;
using MathNet.Numerics.Distributions;
using StudyResults;

namespace Graph.Analysis.Comparing;

/// <summary>
/// What counts as equal, and how often a study may be wrong. Of 0.05 in all, 0.025 belong to the last look, which is how every
/// finished study is read; look k of the schedule before it has 0.02/2^k.
/// </summary>
/// <param name="MarginRatio">0.1 for 10 %: ratios from 1/1.1 to 1.1 count as equal.</param>
internal sealed record DecisionRule(double MarginRatio)
{
    private const double EarlyError = 0.02;
    private const double EarlyCoverage = 0.99;

    /// <summary>
    /// A difference below a tenth would not change how many processes one runs, and it is what ten minutes of such noise can
    /// decide.
    /// </summary>
    public static DecisionRule Default { get; } = new(0.1);

    /// <summary>What an answer takes: blocks, where each has a start of its own.</summary>
    public const int LeastBlocks = UnitValues.LeastUnits;

    /// <summary>Beyond this many, "more runs" is no advice.</summary>
    private const int MostBlocks = 500;

    /// <summary>A study of the advised size decides with this probability, if the effect is what it looks like now.</summary>
    public const double WantedPower = 0.8;

    /// <summary>How likely a family of comparisons of equal arms may hold a single faster or slower.</summary>
    public double ErrorRatio { get; init; } = 0.025;

    /// <summary>What the intervals cover.</summary>
    public double Coverage { get; init; } = 0.95;

    public double LogMargin => Math.Log(1 + MarginRatio);

    /// <summary>The same rule at a look before the last.</summary>
    /// <param name="blocks">Blocks that there are; the look is that of the schedule at this number, or the last one before
    /// it.</param>
    public DecisionRule AtLook(int blocks) => this with
    {
        ErrorRatio = EarlyError / Math.Pow(2, Math.Max(1, Looks.UpTo(blocks).Count())),
        Coverage = EarlyCoverage,
    };

    /// <summary>The rule for the controls of a study: 0.01 for all of them.</summary>
    public DecisionRule OfControl => this with { ErrorRatio = 0.01, Coverage = 0.99 };

    /// <param name="logRatio">Of the logarithm of the ratio.</param>
    public Answer Decide(Interval logRatio) => logRatio switch
    {
        { Units: < LeastBlocks } => Answer.Inconclusive,
        _ when logRatio.Low >= -LogMargin && logRatio.High <= LogMargin => Answer.Equivalent,
        { Low: > 0 } => Answer.Faster,
        { High: < 0 } => Answer.Slower,
        _ => Answer.Inconclusive,
    };

    /// <summary>
    /// About the smallest number of blocks, more than there are, in which a study like this one would most likely decide; null
    /// when not even 500 would, or when the noise is not known.
    /// </summary>
    /// <param name="seen">Effect and noise as they look now.</param>
    /// <param name="family">Comparisons that share the error.</param>
    public int? BlocksToDecide(Effect seen, int family)
    {
        if (seen.Units < 2) return null;
        // Steps of a tenth: the noise is not known any better.
        for (var blocks = Math.Max(LeastBlocks, seen.Units + 1); blocks <= MostBlocks; blocks += Math.Max(1, blocks / 10))
        {
            if (ChanceToDecide(blocks, Math.Abs(seen.Mean), seen.Noise, family) >= WantedPower) return blocks;
        }

        return null;
    }

    /// <summary>
    /// For normal noise, as if its spread were known; the family's error is shared out evenly, which is a little too strict.
    /// </summary>
    private double ChanceToDecide(int blocks, double effect, double noise, int family)
    {
        if (noise == 0) return 1;
        var error = noise / Math.Sqrt(blocks);
        var different =
            Normal.CDF(0, 1, effect / error - Interval.StudentQuantile(blocks - 1, 1 - ErrorRatio / Math.Max(1, family)));
        var half = Interval.StudentQuantile(blocks - 1, Coverage);
        var equivalent =
            Normal.CDF(0, 1, (LogMargin - effect) / error - half) + Normal.CDF(0, 1, (LogMargin + effect) / error - half) - 1;
        return Math.Max(different, equivalent);
    }
}
