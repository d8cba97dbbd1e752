namespace StudyPlan.Variables;

/// <summary>
/// One of run-test.sh's variables: what may stand in it, and whether it is part of what makes a study that study.
/// </summary>
internal sealed record Variable
{
    /// <summary>For instance PROCS.</summary>
    public required string Name { get; init; }

    /// <summary>What is wanted, for messages: "numbers of processes, as in ...".</summary>
    public required string Wanted { get; init; }

    /// <summary>Whether one word of it is right.</summary>
    public required Func<string, bool> Accepts { get; init; }

    /// <summary>What a word means, so that one thing that is written in two ways is found to be one.</summary>
    public Func<string, object> MeaningOf { get; init; } = word => word;

    /// <summary>Whether several words may stand in it, each once; else the whole value is one word, spaces and all.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether it may be empty.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Whether a plan keeps it: an interrupted study can't go on with another value.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>What is wrong with a value, in one line; null when nothing is.</summary>
    public string? FindProblem(string value)
    {
        if (value.Any(char.IsControl)) return Wrong("it holds more than one line");
        var words = Words(value);
        if (words.Count == 0 || words is [""]) return MayBeEmpty ? null : Wrong("it is empty");
        if (words.FirstOrDefault(word => !Accepts(word)) is { } bad)
            return Wrong(words.Count > 1 ? $"'{bad}' is not right" : null);
        return words.GroupBy(MeaningOf).FirstOrDefault(same => same.Count() > 1) is { } same
            ? Wrong($"{string.Join(" and ", same.Distinct())} stands there twice")
            : null;

        string Wrong(string? reason) => $"{Name}='{OneLine(value)}'{(reason is null ? "" : $": {reason}")}; wanted: {Wanted}";
    }

    /// <summary>The words of a value: of a list each, else the whole.</summary>
    public IReadOnlyList<string> Words(string value) =>
        IsList ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value];

    private static string OneLine(string value) => new([.. value.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
