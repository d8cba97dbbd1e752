using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Phrases;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What to do, in one sentence, and what else must be known before doing it.</summary>
internal static class VerdictText
{
    /// <summary>From here on a gain is told as "3.4 times".</summary>
    private const double Twice = 1.995;

    public static IEnumerable<Sentence> Of(ScenarioAnalysis analysis) =>
        [.. GivenRateText.Of(analysis), .. HowMany(analysis), .. CapacityText.Of(analysis), .. BewareText.Of(analysis.Cells)];

    private static IEnumerable<Sentence> HowMany(ScenarioAnalysis analysis)
    {
        if (analysis.Primary.Count == 0)
        {
            var counts = analysis.Cells.Select(cell => cell.Cell.Procs).Distinct().Order().ToList();
            yield return new Sentence(
                counts.Count == 1
                    ? $"All runs had {Words.Processes(counts)}, so there is nothing to compare"
                    : $"No action was measured with {Words.Processes(counts[0])} and with more, so there is nothing to compare",
                Tone.Open);
            yield break;
        }

        if (analysis.IsWithheld)
        {
            yield return new Sentence("No answer: the control, one cell measured twice, differs from itself", Tone.Open);
            yield return new Sentence(
                "Something made equal cells differ, so no other difference can be trusted: measure again on a quiet machine",
                Tone.Doubtful);
            yield break;
        }

        var open = analysis.Primary.Where(comparison => comparison.IsOpen).ToList();
        if (analysis.Advice is not { IsKnown: true } advice)
        {
            yield return new Sentence("This study can't tell how many processes to run", Tone.Open);
            foreach (var reason in OpenText.Of(open)) yield return new Sentence(reason);
            yield break;
        }

        yield return Advised(analysis, advice);
        if (advice.MayBeBetter.Count > 0)
        {
            yield return new Sentence(
                $"{Words.Processes([.. advice.MayBeBetter])} may be better still, which these data can't tell");
        }

        if (analysis.Verdicts.Contrasts.LeftOut is { Count: > 0 } leftOut)
            yield return new Sentence($"That is over all actions but {PlacesText.Of(analysis, leftOut)}", Tone.Doubtful);
        foreach (var exception in Exceptions(analysis, advice)) yield return new Sentence(exception);
    }

    /// <summary>"On this machine run 1 process: 8 cost 13 %".</summary>
    private static Sentence Advised(ScenarioAnalysis analysis, Advice advice)
    {
        var where = analysis.Scenario.Key.Conditions.CpuLimit is { } cores
            ? $"With each process capped at {Words.Number(cores)} {(cores == 1 ? "core" : "cores")}"
            : "On this machine";
        var start = $"{where} run {Words.Processes(advice.Procs)}: ";
        if (analysis.Primary.FirstOrDefault(comparison => comparison.Procs == advice.Procs) is { } best)
            return new Sentence($"{start}{Gain(best, isPlural: advice.Procs > 1)}", Tone.Faster);
        var slower = analysis.Primary.Where(comparison => comparison.Answer == Answer.Slower).ToList();
        var equal = analysis.Primary.Where(comparison => comparison.Answer == Answer.Equivalent).ToList();
        return new Sentence(
            start + string.Join(", ", new[] { Cost(slower), Same(equal, analysis.Rule) }.Where(part => part.Length > 0)),
            slower.Count > 0 ? Tone.Slower : Tone.Equivalent);
    }

    /// <summary>"they do 52 % more than 1", "they do 3.4 times what 1 does".</summary>
    private static string Gain(Comparison best, bool isPlural)
    {
        var ratio = best.Ratio!.Value;
        var (who, others) = (isPlural ? "they do" : "it does", best.ReferenceProcs == 1 ? "does" : "do");
        return ratio >= Twice
            ? $"{who} {Words.Measured(ratio)} times what {Words.Whole(best.ReferenceProcs)} {others}"
            : $"{who} {Words.Percent(ratio - 1)} more than {Words.Whole(best.ReferenceProcs)}";
    }

    /// <summary>"4 and 8 cost 11 and 23 %".</summary>
    private static string Cost(List<Comparison> slower) => slower.Count == 0 ? "" :
        $"{Numbers(slower)} {Verb(slower, "cost", "costs")} {Words.List([.. slower.Select(PercentLost)])} %";

    private static string PercentLost(Comparison comparison) =>
        Words.Whole((long)Math.Round(100 * (1 - comparison.Ratio!.Value)));

    private static string Same(List<Comparison> equal, DecisionRule rule) => equal.Count == 0 ? "" :
        $"{Numbers(equal)} {Verb(equal, "make", "makes")} less than {Words.ExactPercent(rule.MarginRatio)} difference";

    private static string Numbers(List<Comparison> comparisons) =>
        Words.List([.. comparisons.Select(comparison => Words.Whole(comparison.Procs))]);

    private static string Verb(List<Comparison> comparisons, string ofMany, string ofOne) =>
        comparisons is [{ Procs: 1 }] ? ofOne : ofMany;

    /// <summary>Actions that the advice is wrong for: an average may hide effects of opposite sign.</summary>
    private static IEnumerable<string> Exceptions(ScenarioAnalysis analysis, Advice advice)
    {
        if (analysis.Actions.Count < 2) yield break;
        var isFewest = analysis.Primary.All(comparison => comparison.Procs != advice.Procs);
        var against = analysis.Actions.SelectMany(action => action.Comparisons
            .Where(
                comparison => isFewest
                    ? comparison.Answer == Answer.Faster
                    : comparison.Procs == advice.Procs && comparison.Answer == Answer.Slower)
            .Select(comparison => (action.Action, Comparison: comparison))).ToList();
        if (against.Count == 0) yield break;
        var exceptions = against.GroupBy(entry => entry.Action, entry => Told(entry.Comparison))
            .Select(action => $"{action.Key} ({string.Join(", ", action)})").ToList();
        yield return $"Not so for {Words.List(exceptions)}";

        static string Told(Comparison comparison) => $"{Words.Processes(comparison.Procs)} {RatioWords.Of(comparison)}";
    }
}
