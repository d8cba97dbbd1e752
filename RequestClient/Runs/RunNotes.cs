using System.Globalization;

namespace RequestClient.Runs;

/// <summary>What a record says about a run that the client can't see itself: --note KEY=VALUE.</summary>
internal sealed record RunNotes
{
    public const string Keys = "study, block, order, proxy, store, cpuLimit, durability, software";

    public string? Study { get; init; }

    public int? Block { get; init; }

    public int? Order { get; init; }

    /// <summary>Of a planned run: which start of the servers it is made on.</summary>
    public int? Start { get; init; }

    /// <summary>Of a planned run: from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>Of a planned run: true for the study's negative control.</summary>
    public bool? Control { get; init; }

    public string? Proxy { get; init; }

    public string? Store { get; init; }

    public double? CpuLimit { get; init; }

    public string? Durability { get; init; }

    public string? Software { get; init; }

    /// <summary>All notes of a command line, or the first thing that is wrong with them.</summary>
    public static (RunNotes Notes, string? Error) Read(IEnumerable<string>? notes) =>
        (notes ?? []).Aggregate((Notes: new RunNotes(), Error: (string?)null), (sum, note) =>
        {
            var (next, error) = sum.Notes.With(note);
            return (next, sum.Error ?? error);
        });

    /// <summary>Adds one note; a note that is not understood gives an error that says what would be.</summary>
    private (RunNotes Notes, string? Error) With(string note)
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
