using System.Globalization;

namespace StudyResults;

/// <summary>
/// Lengths of time as people write them on command lines and in variables: a number and its unit (500ms, 3s, 1.5m, 2h); a bare
/// number is seconds.
/// </summary>
public static class TimeText
{
    /// <summary>For messages: what is wanted instead.</summary>
    public const string Form = "a time such as 500ms, 3s or 2m (a number alone is seconds)";

    private static readonly (string Name, double Seconds)[] Units =
        [("us", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Null when the text is no time, or longer than a year.</summary>
    public static TimeSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unit = Units.FirstOrDefault(unit => text.EndsWith(unit.Name, StringComparison.Ordinal), ("", 1));
        var isNumber = double.TryParse(
            text[..^unit.Name.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var seconds = number * unit.Seconds;
        return isNumber && seconds < 366 * 86_400.0
            ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    /// <summary>The shortest text that <see cref="Parse"/> understands: 500ms, 3s, 90s, 2m.</summary>
    public static string Of(TimeSpan time)
    {
        string With(double number, string unit) => number.ToString("0.######", CultureInfo.InvariantCulture) + unit;
        if (time < TimeSpan.FromMilliseconds(1)) return time == TimeSpan.Zero ? "0s" : With(time.TotalMicroseconds, "us");
        if (time < TimeSpan.FromSeconds(1)) return With(time.TotalMilliseconds, "ms");
        return time.TotalSeconds % 3600 == 0 ? With(time.TotalHours, "h")
            : time.TotalSeconds % 60 == 0 ? With(time.TotalMinutes, "m") : With(time.TotalSeconds, "s");
    }
}
