using Graph.Analysis.Comparing;

namespace Graph.Report;

/// <summary>What is said of a comparison of two studies.</summary>
internal static class BaselineText
{
    private const string Caution =
        "the two studies were made apart, so what changed on the machine between them counts as a difference "
        + "of the server; intervals are Welch's";

    /// <summary>What else differs, and what to bear in mind.</summary>
    public static IEnumerable<string> Of(StudyComparison study) => study.Differences.Append(Caution);

    /// <summary>"put, 2 processes against the baseline x1.10 [1.05, 1.17], faster".</summary>
    public static IEnumerable<string> Sentences(StudyComparison study, DecisionRule rule) =>
        study.Comparisons.Select(cell =>
            $"{cell.Action}, {Words.Processes(cell.Comparison.Procs)} against the baseline"
                + $"{Report.Sentences.RatioOf(cell.Comparison)}, {Report.Sentences.AnswerOf(cell.Comparison, rule)}");
}
