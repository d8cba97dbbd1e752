using System.Globalization;

namespace RequestClient;

/// <summary>What a record says about a run that the client can't see itself: --note KEY=VALUE.</summary>
internal sealed record RunNotes
{
    public const string Keys = "study, block, order, proxy, store, cpuLimit, durability, software";

    public string? Study { get; init; }

    public int? Block { get; init; }

    public int? Order { get; init; }

    public string? Proxy { get; init; }

    public string? Store { get; init; }

    public double? CpuLimit { get; init; }

    public string? Durability { get; init; }

    public string? Software { get; init; }

    /// <summary>Adds one note; a note that is not understood gives an error that says what would be.</summary>
    public (RunNotes Notes, string? Error) With(string note)
    {
        var (key, value) = note.Split('=', 2) is [var name, var rest] ? (name, rest) : (note, "");
        if (value.Length == 0) return (this, $"--note {note}: wanted KEY=VALUE with a KEY of {Keys}");
        return key switch
        {
            "study" => (this with { Study = value }, null),
            "proxy" => (this with { Proxy = value }, null),
            "store" => (this with { Store = value }, null),
            "durability" => (this with { Durability = value }, null),
            "software" => (this with { Software = value }, null),
            "block" when Count(value) is { } block => (this with { Block = block }, null),
            "order" when Count(value) is { } order => (this with { Order = order }, null),
            "cpuLimit" when Cores(value) is { } cores => (this with { CpuLimit = cores }, null),
            "block" or "order" or "cpuLimit" => (this, $"--note {note}: {value} is no positive number"),
            _ => (this, $"--note {note}: unknown key {key}; known are {Keys}"),
        };
    }

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static double? Cores(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
