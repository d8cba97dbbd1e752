using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MultiProc.Commands;

/// <summary>Times on the command line, as wrk and k6 take them: 500ms, 3s, 2m, 1h; a bare number is seconds.</summary>
internal static class Duration
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>Null for what is no time.</summary>
    public static TimeSpan? TryParse(string text)
    {
        var number = text.TrimEnd("hms".ToCharArray());
        double? secondsEach = text[number.Length..] switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        var isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        return isNumber && value * secondsEach is { } seconds && seconds <= Most.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    /// <summary>As it would be written on a command line.</summary>
    public static string Format(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) && time > TimeSpan.Zero
            ? FormattableString.Invariant($"{time.TotalMilliseconds}ms")
            : FormattableString.Invariant($"{time.TotalSeconds}s");

    /// <summary>An option that takes a time.</summary>
    public static Option<TimeSpan?> Option(string name, string description, TimeSpan least)
    {
        var option = new Option<TimeSpan?>(name)
        {
            Description = description,
            HelpName = "time",
            CustomParser = Parse,
        };

        TimeSpan? Parse(ArgumentResult result)
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (TryParse(text) is { } time && time >= least) return time;
            result.AddError($"{name} is {text}: pass a time from {Format(least)} to {Format(Most)}, "
                + "such as 500ms, 30s or 2m (a bare number is seconds)");
            return null;
        }

        return option;
    }
}
