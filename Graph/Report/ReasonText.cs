using Graph.Analysis.Comparing;

namespace Graph.Report;

/// <summary>Why there is no answer, and what would help.</summary>
internal static class ReasonText
{
    public static string Of(Comparison comparison) => comparison.Reason switch
    {
        OpenReason.NoRightOperation => "no right operation",
        OpenReason.NoUsableRun => "no run that can be used",
        OpenReason.SumsOnly => "sums only, the noise is not known",
        OpenReason.NoCommonBlock => "no block holds both",
        OpenReason.ControlDiffers => "withheld, the control differs",
        OpenReason.TooFewBlocks => $"{Words.Count(comparison.Interval?.Units ?? 0, "block")} can't tell, {DecisionRule.LeastBlocks} are the least",
        _ => comparison.RunsToDecide is { } runs
            ? $"RUNS={Words.Whole(runs)} would most likely tell"
            : "no number of runs would tell: the effect is about as large as the noise leaves open",
    };
}
