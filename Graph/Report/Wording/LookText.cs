using Graph.Analysis.Comparing;
using Graph.Spelling;

namespace Graph.Report.Wording;

/// <summary>What is known after a look, in two lines that a script reads.</summary>
internal static class LookText
{
    /// <param name="look">The answers so far.</param>
    public static IEnumerable<string> Of(Look look)
    {
        yield return $"open {Words.Whole(look.Open)} of {Words.Whole(look.Comparisons)}";
        yield return $"answer so far: {string.Join("; ", look.Scenarios.Select(Answer))}";
    }

    private static string Answer(ScenarioVerdicts scenario)
    {
        if (scenario.IsWithheld) return "none, the control differs";
        if (scenario.Primary.Count == 0) return "nothing to compare";
        return string.Join(", ", scenario.Primary.GroupBy(comparison => comparison.Answer).OrderBy(group => group.Key).Select(
            group => Answer([.. group])));
    }

    /// <summary>"2 and 4 processes faster (x1.20, x1.35)".</summary>
    private static string Answer(IReadOnlyList<Comparison> comparisons)
    {
        var counts = Words.Processes([.. comparisons.Select(comparison => comparison.Procs)]);
        var known = comparisons.Select(comparison => comparison.Ratio).OfType<double>();
        var ratios = string.Join(", ", known.Select(ratio => $"x{Words.Ratio(ratio)}"));
        var answer = comparisons[0].Answer == Graph.Analysis.Comparing.Answer.Inconclusive
            ? "still open"
            : comparisons[0].Answer.ToString().ToLowerInvariant();
        return ratios.Length == 0 ? $"{counts} {answer}" : $"{counts} {answer} ({ratios})";
    }
}
