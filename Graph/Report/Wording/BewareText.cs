using Graph.Analysis;
using Graph.Analysis.Flags;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What whoever reads the verdict alone must know before acting on it.</summary>
internal static class BewareText
{
    /// <summary>With these, in any cell, the servers did not do what was asked of them, whatever the rates are.</summary>
    private static readonly FlagKind[] NotWhatWasAsked =
        [FlagKind.Errors, FlagKind.BooksDontBalance, FlagKind.CapNotInForce];

    /// <summary>
    /// With these the rates are not the servers' own. A cell or two of them move no answer over all actions; most cells do.
    /// </summary>
    private static readonly FlagKind[] NotTheServersOwn =
        [FlagKind.NotSteady, FlagKind.ClientBound, FlagKind.Disturbed, FlagKind.Stolen];

    private const double MostCellsRatio = 0.5;

    /// <summary>"Beware: errors in put and get; not steady"; nothing where there is no such reason.</summary>
    public static IEnumerable<Sentence> Of(IEnumerable<CellSummary> cells)
    {
        var all = cells.ToList();
        var found = NotWhatWasAsked.Select(kind => Told(all, kind, leastRatio: 0))
            .Concat(NotTheServersOwn.Select(kind => Told(all, kind, MostCellsRatio))).OfType<string>().ToList();
        if (found.Count > 0) yield return new Sentence($"Beware: {string.Join("; ", found)}", Tone.Doubtful);
    }

    private static string? Told(List<CellSummary> all, FlagKind kind, double leastRatio)
    {
        var flagged = all.Where(cell => cell.Flags.Any(flag => flag.Kind == kind)).ToList();
        if (flagged.Count == 0 || flagged.Count < leastRatio * all.Count) return null;
        var actions = flagged.Select(cell => cell.Cell.Action).Distinct().ToList();
        return actions.Count == all.Select(cell => cell.Cell.Action).Distinct().Count()
            ? Flag.NameOf(kind)
            : $"{Flag.NameOf(kind)} in {Words.List(actions)}";
    }
}
