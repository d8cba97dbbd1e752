using Graph.Analysis.Comparing;
using Graph.Report.Document;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What is said of a comparison of two studies.</summary>
internal static class BaselineText
{
    private const string MadeApart =
        "the two studies were made apart, so what changed on the machine between them counts as a difference of the server";

    /// <summary>What else differs, and what to bear in mind.</summary>
    public static IEnumerable<string> Cautions(StudyComparison study) => study.Differences.Append(MadeApart);

    /// <summary>"Of 12 cells 3 are faster than the baseline, 1 slower, 5 equivalent within 10 %, 3 can't be told".</summary>
    public static Sentence Verdict(StudyComparison study, DecisionRule rule)
    {
        var counts = study.Comparisons.CountBy(cell => cell.Comparison.Answer).ToDictionary();
        var parts = new (Answer Answer, string Text)[]
        {
            (Answer.Faster, "faster"), (Answer.Slower, "slower"),
            (Answer.Equivalent, $"equivalent within {Words.ExactPercent(rule.MarginRatio)}"),
            (Answer.Inconclusive, "can't be told"),
        }.Where(part => counts.ContainsKey(part.Answer)).Select(part => $"{Words.Whole(counts[part.Answer])} {part.Text}")
            .ToList();
        return new Sentence(
            $"Against the baseline, of {Words.Count(study.Comparisons.Count, "cell")}: {string.Join(", ", parts)}",
            counts.ContainsKey(Answer.Faster) == counts.ContainsKey(Answer.Slower)
                ? Tone.Plain
                : counts.ContainsKey(Answer.Faster)
                ? Tone.Faster
                : Tone.Slower);
    }
}
