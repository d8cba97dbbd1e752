using System.Globalization;

namespace Graph.Spelling;

/// <summary>Numbers and counts as people read them, in every table, picture and sentence the same.</summary>
internal static class Words
{
    /// <summary>"1 process", "4 processes", "2, 4 and 8 processes".</summary>
    public static string Processes(params IReadOnlyList<int> counts) =>
        $"{List([.. counts.Select(count => Whole(count))])} {(counts is [1] ? "process" : "processes")}";

    /// <summary>"1 run", "5 runs".</summary>
    public static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{Whole(count)} {thing}s";

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> parts) =>
        parts.Count <= 1 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    /// <summary>93.75 % for 0.9375; as many digits as it takes, two at most.</summary>
    public static string ExactPercent(double ratio) => (ratio * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>98 % for 0.98.</summary>
    public static string Percent(double ratio) => ratio.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>A ratio of two rates: 1.02, 0.030, 250.</summary>
    public static string Ratio(double ratio) => ratio switch
    {
        >= 1e6 or (> 0 and < 1e-4) => ratio.ToString("0.##e+0", CultureInfo.InvariantCulture),
        >= 100 => ratio.ToString("0", CultureInfo.InvariantCulture),
        > 0 and < 0.0995 => ratio.ToString($"F{1 - (int)Math.Floor(Math.Log10(ratio))}", CultureInfo.InvariantCulture),
        _ => ratio.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>An end of an interval of ratios: one that would round to 1.00 shows on which side of 1 it lies.</summary>
    public static string Bound(double ratio) =>
        ratio is > 0.995 and < 1.005 ? ratio.ToString("0.000", CultureInfo.InvariantCulture) : Ratio(ratio);

    /// <summary>"p99 within 20 ms" for p99=20ms.</summary>
    public static string Objective(string text) =>
        StudyResults.Objective.Parse(text) is { } objective ? $"{objective.Name} within {Time(objective.Bound)}" : text;

    /// <summary>What a rate is: "Operations per second", or "Operations per second with p99 within 20 ms".</summary>
    public static string Rate(string? objective) =>
        objective is null ? "Operations per second" : $"Operations per second with {Objective(objective)}";

    /// <summary>20 ms, 1.5 s, 200 µs.</summary>
    public static string Time(TimeSpan time) => time.TotalMicroseconds switch
    {
        < 1e3 => $"{Measured(time.TotalMicroseconds)} µs",
        < 1e6 => $"{Measured(time.TotalMilliseconds)} ms",
        _ => $"{Measured(time.TotalSeconds)} s",
    };

    /// <summary>A number without thousands separators, for names and commands.</summary>
    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number for people: 12,500 or 0.25 or 1.5 M.</summary>
    public static string Number(double value) => value switch
    {
        >= 1e15 => value.ToString("0.##e+0", CultureInfo.InvariantCulture),
        >= 1e9 => (value / 1e9).ToString("#,##0.##", CultureInfo.InvariantCulture) + " G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 0.001 or <= 0 => value.ToString("#,##0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e-0", CultureInfo.InvariantCulture),
    };

    /// <summary>A measured value, to three digits or whole.</summary>
    public static string Measured(double value) => value is > 0 and < 1e6
        ? Number(Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 15)))
        : Number(value);
}
