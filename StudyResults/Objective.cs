using System.Globalization;

namespace StudyResults;

/// <summary>
/// A bound on a percentile of the time from due, written p99=20ms; a percentile of 100 is the maximum, written max=1s. Records,
/// plans and command lines all carry this text.
/// </summary>
public sealed record Objective
{
    /// <summary>For messages: what is wanted instead.</summary>
    public const string Form = "pNN=TIME or max=TIME, for instance p99=5ms, p99.9=200us, max=1s";

    private const double Maximum = 100;

    private Objective(string name, double percentile, TimeSpan bound) => (Name, Percentile, Bound) = (name, percentile, bound);

    /// <summary>p99, p99.9, max.</summary>
    public string Name { get; }

    /// <summary>Above 0, and 100 at most.</summary>
    public double Percentile { get; }

    public TimeSpan Bound { get; }

    /// <summary>Whether it bounds the slowest operation of all, which is the slower the more there are.</summary>
    public bool IsOfMaximum => Percentile == Maximum;

    /// <summary>Null when the text is something else. The unit must stand there: a bare number could be anything.</summary>
    public static Objective? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split('=') is not [var name, var time]) return null;
        var percentile = name == "max" ? Maximum : name.StartsWith('p') ? Number(name[1..]) : null;
        return percentile is > 0 and <= Maximum && time.EndsWith('s') && TimeText.Parse(time) is { } bound
            && bound > TimeSpan.Zero
            ? new Objective(name, percentile.Value, bound)
            : null;
    }

    public long ValueNanoseconds(LatencyHistogram latency)
    {
        ArgumentNullException.ThrowIfNull(latency);
        return IsOfMaximum ? latency.MaxNanoseconds : latency.ValueAtPercentile(Percentile);
    }

    public bool IsKept(LatencyHistogram latency) => ValueNanoseconds(latency) <= Bound.TotalNanoseconds;

    /// <summary>As it is written: p99=20ms.</summary>
    public override string ToString() =>
        Bound < TimeSpan.FromSeconds(1)
            ? $"{Name}={TimeText.Of(Bound)}"
            : string.Create(CultureInfo.InvariantCulture, $"{Name}={Bound.TotalSeconds:0.######}s");

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
