using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;

namespace Graph.Tests.Analysis;

public sealed class DecisionRuleTests
{
    [Theory]
    [InlineData(1.06, 1.01, 1.20, 5, nameof(Answer.Faster))]
    [InlineData(1.06, 0.99, 1.20, 5, nameof(Answer.Inconclusive))]
    [InlineData(1.04, 1.01, 1.20, 5, nameof(Answer.Inconclusive))]
    [InlineData(1.06, 1.05, 1.20, 4, nameof(Answer.Inconclusive))]
    [InlineData(0.90, 0.80, 0.99, 5, nameof(Answer.Slower))]
    [InlineData(0.90, 0.80, 1.01, 5, nameof(Answer.Inconclusive))]
    [InlineData(0.96, 0.80, 0.99, 5, nameof(Answer.Inconclusive))]
    [InlineData(1.00, 0.96, 1.04, 5, nameof(Answer.Equivalent))]
    [InlineData(1.03, 1.01, 1.04, 5, nameof(Answer.Equivalent))]
    [InlineData(1.00, 0.94, 1.04, 5, nameof(Answer.Inconclusive))]
    [InlineData(1.00, 0.99, 1.01, 4, nameof(Answer.Inconclusive))]
    public void Decide_IntervalOfRatios_GivesTheAnswer(double median, double low, double high, int blocks, string expected) =>
        Assert.Equal(expected, DecisionRule.Default.Decide(
            new MedianInterval(Math.Log(median), Math.Log(low), Math.Log(high), 0.9375, blocks)).ToString());

    [Fact]
    public void Decide_WiderMargin_AsksForALargerEffect()
    {
        var interval = new MedianInterval(Math.Log(1.1), Math.Log(1.02), Math.Log(1.15), 0.9375, 5);

        Assert.Equal(Answer.Faster, new DecisionRule(0.05).Decide(interval));
        Assert.Equal(Answer.Inconclusive, new DecisionRule(0.12).Decide(interval));
        Assert.Equal(Answer.Equivalent, new DecisionRule(0.20).Decide(interval));
    }

    [Theory]
    [InlineData(1.08)]
    [InlineData(0.85)]
    [InlineData(1.00)]
    [InlineData(1.02)]
    public void BlocksToDecide_StudyOfThatSize_DecidesAsOftenAsPromised(double ratio)
    {
        const double noise = 0.05;
        // Four values with exactly this mean and this standard deviation stand for what a first study saw.
        var spread = noise * Math.Sqrt(3.0 / 4);
        var seen = new[] { -spread, -spread, spread, spread }.Select(offset => Math.Log(ratio) + offset).ToList();

        var blocks = DecisionRule.Default.BlocksToDecide(seen)!.Value;

        Assert.InRange(ShareDecided(blocks, ratio, noise), DecisionRule.WantedPower - 0.03, 1);
        if (blocks > DecisionRule.LeastBlocks)
        {
            Assert.InRange(
                ShareDecided(Math.Max(DecisionRule.LeastBlocks, blocks / 2), ratio, noise), 0, DecisionRule.WantedPower);
        }
    }

    [Fact]
    public void BlocksToDecide_EffectAsLargeAsTheMargin_IsNoNumber() =>
        Assert.Null(DecisionRule.Default.BlocksToDecide([Math.Log(1.05) - 0.05, Math.Log(1.05), Math.Log(1.05) + 0.05]));

    private static double ShareDecided(int blocks, double ratio, double noise)
    {
        var random = new Random(3);
        const int studies = 1000;
        return Enumerable.Range(0, studies).Count(_ => DecisionRule.Default.Decide(MedianInterval.Of(
            Enumerable.Range(0, blocks)
                .Select(_ => Math.Log(ratio) + noise * Simulation.Normal(random)))) != Answer.Inconclusive) / (double)studies;
    }
}
