using Graph.Analysis.Comparing;
using Graph.Spelling;

namespace Graph.Phrases;

/// <summary>A ratio of throughputs and what is said of it, in every table, picture and sentence the same.</summary>
internal static class RatioWords
{
    /// <summary>
    /// "x1.02 [0.98, 1.05]"; "x1.02" where nothing is known of the spread; "no rate" where there was nothing to divide.
    /// </summary>
    public static string Of(Comparison comparison)
    {
        if (comparison.Ratio is not { } ratio) return "no rate";
        return comparison.Interval is { Units: > 1 } known
            ? $"x{Words.Ratio(ratio)} [{Words.Bound(known.Low)}, {Words.Bound(known.High)}]"
            : $"x{Words.Ratio(ratio)}";
    }

    /// <summary>"x1.02 [0.98, 1.05] equivalent"; "no rate, can't tell".</summary>
    public static string WithAnswer(Comparison comparison) =>
        $"{Of(comparison)}{(comparison.Ratio is null ? "," : "")} {Of(comparison.Answer)}";

    /// <summary>One or two words: "faster", "can't tell".</summary>
    public static string Of(Answer answer) => answer switch
    {
        Answer.Faster => "faster",
        Answer.Slower => "slower",
        Answer.Equivalent => "equivalent",
        _ => "can't tell",
    };
}
