using Graph.Analysis.Scenarios;
using Graph.Analysis.Variants;

namespace Graph.Report.Verdicts;

/// <summary>What was done in several ways, each against the reference with as many processes.</summary>
internal sealed record VariantVerdict
{
    /// <summary>wayIn, store or concurrency.</summary>
    public required string Dimension { get; init; }

    public required Conditions Conditions { get; init; }

    public required string Reference { get; init; }

    /// <summary>Over all actions.</summary>
    public required IReadOnlyList<VariantAnswerVerdict> Primary { get; init; }

    public required IReadOnlyList<VariantCellVerdict> Cells { get; init; }

    public static VariantVerdict Of(VariantStudy study) => new()
    {
        Dimension = VerdictDocument.Spell(study.Dimension),
        Conditions = study.Key.Conditions,
        Reference = study.Reference,
        Primary = [.. study.Primary.Select(
            answer => new VariantAnswerVerdict(answer.Variant, answer.Procs, ComparisonVerdict.Of(answer.Comparison)))],
        Cells =
        [
            .. from action in study.Actions
               from cell in action.Cells
               where cell.Against is not null
               select new VariantCellVerdict(action.Action, cell.Variant, cell.Procs, ComparisonVerdict.Of(cell.Against!)),
        ],
    };
}

internal sealed record VariantAnswerVerdict(string Variant, int Procs, ComparisonVerdict Against);

internal sealed record VariantCellVerdict(string Action, string Variant, int Procs, ComparisonVerdict Against);
