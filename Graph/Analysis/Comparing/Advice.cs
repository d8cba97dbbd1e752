namespace Graph.Analysis.Comparing;

/// <summary>How many processes to run, from the primary answers.</summary>
/// <param name="Procs">
/// The fewest, unless some other number is faster: then that which is fastest. Who gains nothing from more needs no more.
/// </param>
/// <param name="MayBeBetter">Numbers that the data can't tell from better ones: beyond the margin above the advised.</param>
/// <param name="IsKnown">Whether any answer was decided; without one, nothing is known and the fewest are the advice.</param>
internal sealed record Advice(int Procs, IReadOnlyList<int> MayBeBetter, bool IsKnown)
{
    /// <returns>Null where nothing is compared, or where the control withholds the answers.</returns>
    public static Advice? Of(IReadOnlyList<Comparison> primary, DecisionRule rule)
    {
        if (primary.Count == 0 || primary.Any(comparison => comparison.Reason == OpenReason.ControlDiffers)) return null;
        var best = primary.Where(comparison => comparison.Answer == Answer.Faster).MaxBy(comparison => comparison.Ratio);
        var level = best?.Ratio ?? 1;
        return new Advice(
            best?.Procs ?? primary[0].ReferenceProcs,
            [
                .. primary.Where(
                    comparison => comparison.IsOpen && !(comparison.Interval?.High <= level * (1 + rule.MarginRatio)))
                    .Select(comparison => comparison.Procs)
            ],
            primary.Any(comparison => !comparison.IsOpen));
    }
}
