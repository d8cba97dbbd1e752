using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;

namespace Graph.Tests.Analysis;

public sealed class DecisionRuleTests
{
    [Theory]
    [InlineData(1.01, 1.20, 5, nameof(Answer.Faster))]
    [InlineData(0.99, 1.20, 5, nameof(Answer.Inconclusive))]
    [InlineData(1.05, 1.20, 3, nameof(Answer.Inconclusive))]
    [InlineData(0.80, 0.99, 5, nameof(Answer.Slower))]
    [InlineData(0.80, 1.01, 5, nameof(Answer.Inconclusive))]
    [InlineData(0.92, 1.09, 5, nameof(Answer.Equivalent))]
    [InlineData(1.01, 1.09, 5, nameof(Answer.Equivalent))]
    [InlineData(0.90, 1.04, 5, nameof(Answer.Inconclusive))]
    [InlineData(0.99, 1.01, 3, nameof(Answer.Inconclusive))]
    public void Decide_IntervalOfRatios_GivesTheAnswer(double low, double high, int units, string expected) => Assert.Equal(
        expected, DecisionRule.Default.Decide(
            new Interval(Math.Log((low + high) / 2), Math.Log(low), Math.Log(high), 0.95, units)).ToString());

    [Fact]
    public void AtLook_EachLook_HasHalfTheErrorOfTheOneBefore()
    {
        Assert.Equal([0.01, 0.005, 0.0025], new[] { 5, 8, 12 }.Select(blocks => DecisionRule.Default.AtLook(blocks).ErrorRatio));
        // However many looks there are, they and the last reading stay within 5 %.
        Assert.InRange(
            DecisionRule.Default.ErrorRatio + Enumerable.Range(1, 60).Sum(look => 0.02 / Math.Pow(2, look)), 0.04, 0.0500001);
    }

    [Fact]
    public void Judge_ManyEqualArmsAndOneFast_RejectsTheOneAlone()
    {
        var quiet = Contrast(0.02, 0.05);
        var comparisons = Family.Judge([quiet, Contrast(0.3, 0.05), quiet, quiet], DecisionRule.Default);

        Assert.Equal(
            [Answer.Equivalent, Answer.Faster, Answer.Equivalent, Answer.Equivalent], comparisons.Select(
                comparison => comparison.Answer));
        Assert.All(
            comparisons.Where(comparison => comparison.Answer != Answer.Faster), comparison => Assert.InRange(
                1, comparison.Interval!.Low, comparison.Interval.High));
    }

    [Fact]
    public void Judge_OneComparisonThatIsBarelyDifferent_IsHeldBackByItsFamily()
    {
        var barely = Contrast(0.125, 0.15);

        Assert.Equal(Answer.Faster, Family.Judge([barely], DecisionRule.Default)[0].Answer);
        Assert.Equal(
            Answer.Inconclusive, Family.Judge(
                [.. Enumerable.Repeat(Contrast(0, 0.15), 17), barely], DecisionRule.Default)[^1].Answer);
    }

    [Fact]
    public void Judge_ControlDiffers_KeepsTheRatioAndWithholdsTheAnswer()
    {
        var comparison = Family.Judge([Contrast(0.3, 0.05) with { IsWithheld = true }], DecisionRule.Default)[0];

        Assert.Equal((Answer.Inconclusive, OpenReason.ControlDiffers), (comparison.Answer, comparison.Reason));
        Assert.Equal(Math.Exp(0.3), comparison.Ratio!.Value, 1e-9);
    }

    [Theory]
    [InlineData(0.08)]
    [InlineData(-0.15)]
    [InlineData(0)]
    public void BlocksToDecide_StudyOfThatSize_DecidesAsOftenAsPromised(double effect)
    {
        const double noise = 0.1;
        var blocks = DecisionRule.Default.BlocksToDecide(new Effect(effect, noise / Math.Sqrt(5), 4, 5), family: 1)!.Value;

        Assert.InRange(ShareDecided(blocks, effect, noise), DecisionRule.WantedPower - 0.07, 1);
        if (blocks > 2 * DecisionRule.LeastBlocks)
            Assert.InRange(ShareDecided(blocks / 2, effect, noise), 0, DecisionRule.WantedPower);
    }

    private static double ShareDecided(int blocks, double effect, double noise)
    {
        var random = new Random(3);
        const int studies = 1000;
        return Enumerable.Range(0, studies).Count(_ => !Family.Judge(
            [
                new Contrast { Procs = 2, ReferenceProcs = 1, Effect = Effect.Of(
                    [.. Enumerable.Range(0, blocks).Select(_ => effect + noise * Simulation.Normal(random))]) }
            ],
            DecisionRule.Default)[0].IsOpen) / (double)studies;
    }

    /// <summary>Of twelve units.</summary>
    private static Contrast Contrast(double mean, double noise) =>
        new() { Procs = 2, ReferenceProcs = 1, Effect = new Effect(mean, noise / Math.Sqrt(12), 11, 12) };
}
