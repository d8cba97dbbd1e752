using Graph.Analysis;
using Graph.Analysis.Flags;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>One action by itself: what it does at best, what limits it, what is open.</summary>
internal static class ActionText
{
    public static IEnumerable<Sentence> Of(ActionVerdict action)
    {
        foreach (var limiter in LimiterText.Of(action.Cells)) yield return new Sentence(limiter);
        if (action.Scaling is { } fit)
        {
            yield return new Sentence(ScalingText.Best(fit));
            foreach (var doubt in ScalingText.Doubts(fit)) yield return new Sentence(doubt);
        }

        foreach (var open in OpenText.Of(action.Comparisons)) yield return new Sentence(open);
        foreach (var doubt in Doubts(action.Cells)) yield return new Sentence(doubt, Tone.Doubtful);
    }

    /// <summary>"beware: errors with 2 processes".</summary>
    private static IEnumerable<string> Doubts(IReadOnlyList<CellSummary> cells) =>
        from cell in cells
        from flag in cell.Flags
        where flag.Kind is not (FlagKind.Capped or FlagKind.Throttled)
        group cell.Cell.Procs by flag.Name into places
        let counts = places.Distinct().ToList()
        select counts.Count == cells.Count ? $"beware: {places.Key}" : $"beware: {places.Key} with {Words.Processes(counts)}";
}
