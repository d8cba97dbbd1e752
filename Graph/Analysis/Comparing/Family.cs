using Graph.Analysis.Estimating;
using MathNet.Numerics.Distributions;

namespace Graph.Analysis.Comparing;

/// <summary>
/// Comparisons that are judged together, so that the chance of a single false one among them stays what was promised: Holm's
/// procedure on Student's tests.
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
/// </summary>
internal static class Family
{
    /// <returns>In the order of the contrasts.</returns>
    public static IReadOnlyList<Comparison> Judge(IReadOnlyList<Contrast> contrasts, DecisionRule rule)
    {
        // What has too few units is inconclusive whatever it shows: it takes no share of the error.
        var tested = contrasts.Select((contrast, index) => (contrast.Effect, Index: index))
            .Where(test => test.Effect?.Units >= DecisionRule.LeastBlocks)
            .Select(test => (test.Index, Probability: Probability(test.Effect!))).ToList();
        var different = Rejected(tested, rule.ErrorRatio);
        return [.. contrasts.Select((contrast, index) => contrast.Effect is not { } effect
            ? Unknown(contrast)
            : Judge(contrast, effect, different.Contains(index), rule, tested.Count))];
    }

    private static Comparison Unknown(Contrast contrast) => new()
    {
        Procs = contrast.Procs,
        ReferenceProcs = contrast.ReferenceProcs,
        Ratio = contrast.PlainRatio,
        Answer = Answer.Inconclusive,
        Reason = contrast.Obstacle ?? OpenReason.NoCommonBlock,
        RunsToDecide = contrast.Obstacle == OpenReason.NoCommonBlock ? DecisionRule.LeastBlocks : null,
    };

    private static Comparison Judge(Contrast contrast, Effect effect, bool isDifferent, DecisionRule rule, int family)
    {
        var interval = effect.ToInterval(rule.Coverage);
        if (!isDifferent) interval = interval.Including(0);
        var answer = contrast.IsWithheld ? Answer.Inconclusive : rule.Decide(interval);
        OpenReason? reason = answer != Answer.Inconclusive ? null
            : contrast.IsWithheld ? OpenReason.ControlDiffers
            : effect.Units >= DecisionRule.LeastBlocks ? OpenReason.NotDecided
            : contrast.SharesStarts ? OpenReason.TooFewStarts
            : OpenReason.TooFewBlocks;
        return new Comparison
        {
            Procs = contrast.Procs,
            ReferenceProcs = contrast.ReferenceProcs,
            Ratio = Math.Exp(interval.Value),
            Interval = interval.Map(Math.Exp),
            Answer = answer,
            Reason = reason,
            RunsToDecide = reason switch
            {
                OpenReason.TooFewBlocks when effect.Units == 1 => DecisionRule.LeastBlocks,
                OpenReason.TooFewBlocks or OpenReason.NotDecided => rule.BlocksToDecide(effect, family),
                _ => null,
            },
        };
    }

    /// <summary>Of a mean as far from 0 where the truth is 0; two-sided.</summary>
    private static double Probability(Effect effect) => effect switch
    {
        { Mean: 0 } => 1,
        { StandardError: 0 } => 0,
        _ => 2 * StudentT.CDF(0, 1, effect.Freedom, -Math.Abs(effect.Mean) / effect.StandardError),
    };

    private static HashSet<int> Rejected(List<(int Index, double Probability)> tests, double error)
    {
        tests.Sort((left, right) => left.Probability.CompareTo(right.Probability));
        return [.. tests.TakeWhile(
            (test, place) => test.Probability <= error / (tests.Count - place)).Select(test => test.Index)];
    }
}
