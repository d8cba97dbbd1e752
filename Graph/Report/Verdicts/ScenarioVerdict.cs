using Graph.Analysis;
using Graph.Analysis.Scenarios;
using Graph.Report.Document;
using Graph.Report.Wording;

namespace Graph.Report.Verdicts;

internal sealed record ScenarioVerdict
{
    public required long Amount { get; init; }

    public required int SizeKiB { get; init; }

    public required Conditions Conditions { get; init; }

    /// <summary>What to do, and what else must be known: the report's first sentences.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>Each number of processes against the fewest, over all actions: the answers that the study is made for.</summary>
    public required IReadOnlyList<PrimaryVerdict> Primary { get; init; }

    /// <summary>The smallest cell against itself under a second label; null where the study had no control.</summary>
    public ComparisonVerdict? Control { get; init; }

    /// <summary>Whether the control differs, so that every answer is withheld.</summary>
    public required bool Withheld { get; init; }

    /// <summary>How many processes to run; null where the answers are withheld or nothing was decided.</summary>
    public int? BestProcs { get; init; }

    /// <summary>Numbers of processes that may be better still: the data can't tell.</summary>
    public IReadOnlyList<int>? MayBeBetter { get; init; }

    /// <summary>
    /// Runs inside which something else used the machine; all were left out but <see cref="DisturbedAndCounted"/>.
    /// </summary>
    public required int Disturbed { get; init; }

    /// <summary>Disturbed runs that count, because their action has hardly any others.</summary>
    public required int DisturbedAndCounted { get; init; }

    /// <summary>Attempts beyond the first, after a disturbed or an invalid run.</summary>
    public required int MeasuredAgain { get; init; }

    /// <summary>Runs that were not what was asked for.</summary>
    public required int Invalid { get; init; }

    /// <summary>Runs far from what their cell and block let expect, left out.</summary>
    public required int SetAside { get; init; }

    /// <summary>The law of each action, and first, without an action, that over all of them.</summary>
    public required IReadOnlyList<ScalingVerdict> Scaling { get; init; }

    public required IReadOnlyList<CellVerdict> Cells { get; init; }

    /// <summary>The checks that found something to bear in mind.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public static ScenarioVerdict Of(ScenarioAnalysis analysis) => new()
    {
        Amount = analysis.Scenario.Key.Amount,
        SizeKiB = analysis.Scenario.Key.SizeKiB,
        Conditions = analysis.Scenario.Key.Conditions,
        Sentences = [.. VerdictText.Of(analysis).Select(sentence => sentence.Text)],
        Primary =
            [.. analysis.Primary.Select(comparison => new PrimaryVerdict(comparison.Procs, ComparisonVerdict.Of(comparison)))],
        Control = analysis.Control is { } control ? ComparisonVerdict.Of(control) : null,
        Withheld = analysis.IsWithheld,
        BestProcs = analysis.Advice is { IsKnown: true } advice ? advice.Procs : null,
        MayBeBetter = analysis.Advice?.MayBeBetter,
        Disturbed = analysis.Tally.Disturbed,
        DisturbedAndCounted = analysis.Tally.DisturbedAndCounted,
        MeasuredAgain = analysis.Tally.MeasuredAgain,
        Invalid = analysis.Tally.Invalid,
        SetAside = analysis.Tally.SetAside.Count,
        Scaling =
        [
            .. analysis.Scaling is { } all ? [ScalingVerdict.Of(null, all)] : Array.Empty<ScalingVerdict>(),
            .. analysis.Actions.Where(action => action.Scaling is not null)
                .Select(action => ScalingVerdict.Of(action.Action, action.Scaling!)),
        ],
        Cells = [.. analysis.Actions.SelectMany(action => action.Cells.Select(cell => CellVerdict.Of(action, cell)))],
        Warnings = [.. CheckText.Of(analysis).Where(check => check.Tone == Tone.Doubtful).Select(check => check.Text)],
    };
}
