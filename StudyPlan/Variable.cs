using System.Text.RegularExpressions;

namespace StudyPlan;

/// <summary>A variable of run-test.sh and its value, which may be empty.</summary>
internal readonly partial record struct Variable(string Name, string Value)
{
    /// <summary>
    /// Those that make a study what it is: a plan keeps them, and resuming hands them back to the shell. No other name in a
    /// plan ever becomes a variable there.
    /// </summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "PROCS", "ACTIONS", "SCENARIOS", "PROXY", "RUNS", "SEED",
        "CONCURRENCY", "DURABILITY", "CPU_LIMIT", "SERVER", "READY_PATH", "BLOBS_DIR", "WARMUP", "CEILING",
    ];

    /// <summary>NAME=VALUE; false when it is not that, or no variable of a study.</summary>
    public static bool TryParse(string word, out Variable variable)
    {
        variable = word.Split('=', 2) is [var name, var value] ? new Variable(name, value) : default;
        return variable.Name is not null && Known.Contains(variable.Name) && !variable.Value.Any(char.IsControl);
    }

    /// <summary>Its line in plan.txt.</summary>
    public string ToLine() => $"# {Name.ToLowerInvariant()} {Value}".TrimEnd();

    /// <summary>An assignment for a shell, whatever the value holds.</summary>
    public string ToShell() => $"{Name}='{Value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Whether it says the same: how much space is between its words does not matter.</summary>
    public bool IsSameAs(string other) => Spaces().Replace(Value.Trim(), " ") == Spaces().Replace(other.Trim(), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
