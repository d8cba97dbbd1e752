using Graph.Analysis.Comparing;
using Graph.Phrases;

namespace Graph.Charts;

/// <summary>One ratio of throughputs and what is known of it.</summary>
internal sealed record ForestRow
{
    /// <summary>What is compared: "put, 2 processes".</summary>
    public required string Name { get; init; }

    /// <summary>Null where there was nothing to divide.</summary>
    public double? Ratio { get; init; }

    /// <summary>The interval of the ratio; null where nothing is known of its spread.</summary>
    public (double Low, double High)? Interval { get; init; }

    public required Answer Answer { get; init; }

    /// <summary>The ratio, its interval and the answer, as the tables have them.</summary>
    public required string Text { get; init; }

    /// <summary>For the answers that decide.</summary>
    public bool Bold { get; init; }

    /// <summary>Whether a new group of rows begins here.</summary>
    public bool Begins { get; init; }

    public static ForestRow Of(string name, Comparison comparison, bool begins, bool bold) => new()
    {
        Name = name,
        Ratio = comparison.Ratio,
        Interval = comparison.Interval is { Units: > 1 } known ? (known.Low, known.High) : null,
        Answer = comparison.Answer,
        Text = RatioWords.WithAnswer(comparison),
        Begins = begins,
        Bold = bold,
    };
}
