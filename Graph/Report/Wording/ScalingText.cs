using Graph.Analysis.Scaling;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What a scaling law means for people, before it speaks of its numbers.</summary>
internal static class ScalingText
{
    /// <summary>Chosen less often than this among resampled blocks, a law is one of several that would do.</summary>
    private const double Sure = 0.8;

    /// <summary>"best: 2 processes".</summary>
    public static string Best(ScalingFit fit)
    {
        if (fit.Peak is { } peak)
        {
            var best = Nearest(fit.Curve, peak.Value);
            var (low, high) = ((int)Math.Floor(peak.Low ?? best), (int)Math.Ceiling(peak.High ?? best));
            return low >= best && high <= best
                ? $"best: {Words.Processes(best)}"
                : $"best: {Words.Processes(best)} ({low} to {high})";
        }

        return fit.Curve switch
        {
            LinearScaling when fit.LackOfFit is { IsNotable: true } =>
                $"best: as many as were measured, {Words.Whole(fit.Procs[^1])}",
            LinearScaling => $"best: as many as were measured, {Words.Whole(fit.Procs[^1])}: each adds as much as the first",
            PlateauScaling plateau when Math.Round(plateau.Knee) <= fit.Procs[0] =>
                $"best: {Words.Processes(fit.Procs[0])}, more add nothing",
            PlateauScaling plateau =>
                $"best: about {Words.Processes(Math.Max(1, (int)Math.Ceiling(plateau.Knee - 0.5)))}, more add nothing",
            _ when fit.Curve.At(fit.Procs[^1]) < fit.Curve.At(fit.Procs[0]) =>
                $"best: {Words.Processes(fit.Procs[0])}{(fit.Procs[0] == 1 ? "" : " or fewer")}",
            _ => $"best: {Words.Processes(fit.Procs[^1])} or more",
        };
    }

    /// <summary>What speaks against reading more into the law; empty where nothing does.</summary>
    public static IEnumerable<string> Doubts(ScalingFit fit)
    {
        if (fit.LackOfFit is { IsNotable: true } miss)
        {
            yield return $"the law ({fit.Curve.Name}) misses {Words.Processes(miss.Procs)} by x{Words.Ratio(miss.Ratio)}, "
                + "more than noise explains";
        }

        if (fit.ChosenRatio is < Sure and var chosen)
            yield return $"{fit.Curve.Name} is the law in {Words.Percent(chosen)} of resampled studies only";
    }

    /// <summary>
    /// "contention 0.82 [0.64, 0.99]"; an end that is the law's own bound is no finding: "contention at least 0.82".
    /// </summary>
    public static string Of(Estimate estimate) => estimate switch
    {
        { Low: null } or { High: null } => $"{estimate.Name} {Words.Measured(estimate.Value)}",
        { LowIsBound: true, HighIsBound: true } => $"{estimate.Name} not known",
        { LowIsBound: true, High: { } high } => $"{estimate.Name} at most {Words.Measured(high)}",
        { HighIsBound: true, Low: { } low } => $"{estimate.Name} at least {Words.Measured(low)}",
        { Low: { } low, High: { } high } =>
            $"{estimate.Name} {Words.Measured(estimate.Value)} [{Words.Measured(low)}, {Words.Measured(high)}]",
    };

    private static int Nearest(ScalingCurve curve, double peak)
    {
        var below = Math.Max(1, (int)Math.Floor(peak));
        return curve.At(below + 1) > curve.At(below) ? below + 1 : below;
    }
}
