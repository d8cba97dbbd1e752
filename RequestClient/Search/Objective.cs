using System.Globalization;
using StudyResults;

namespace RequestClient.Search;

/// <summary>A bound on a percentile of the time from due: --slo p99=5ms. Percentile 100 is the maximum.</summary>
internal sealed record Objective(string Name, double Percentile, TimeSpan Bound)
{
    public const string Form = "pNN=TIME or max=TIME, for instance p99=5ms, p99.9=200us, max=1s";

    /// <summary>Null when the text is something else.</summary>
    public static Objective? Parse(string text)
    {
        if (text.Split('=') is not [var name, var time]) return null;
        var percentile = name == "max" ? 100 : name.StartsWith('p') ? Number(name[1..]) : null;
        var (digits, unit) = time switch
        {
            _ when time.EndsWith("us", StringComparison.Ordinal) => (time[..^2], 1e3),
            _ when time.EndsWith("ms", StringComparison.Ordinal) => (time[..^2], 1e6),
            _ when time.EndsWith('s') => (time[..^1], 1e9),
            _ => ("", 0),
        };
        return percentile is > 0 and <= 100 && Number(digits) is { } amount && amount > 0
            ? new Objective(name, percentile.Value, TimeSpan.FromMicroseconds(amount * unit / 1e3))
            : null;
    }

    public long ValueNanoseconds(LatencyHistogram latency) =>
        Percentile == 100 ? latency.MaxNanoseconds : latency.ValueAtPercentile(Percentile);

    public bool IsKept(LatencyHistogram latency) => ValueNanoseconds(latency) <= Bound.TotalNanoseconds;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
