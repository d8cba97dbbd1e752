using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RequestClient.Commands;

/// <summary>Options and arguments with bounds, whose errors tell value, bound and form.</summary>
internal static class Options
{
    public const int MaxConcurrency = 10_000;
    public const int MaxSizeKiB = 1024 * 1024;
    public const double MaxSeconds = 7 * 86_400;

    public static Option<double?> Seconds(string name, string description, double least = 0.001)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "SECONDS" };
        option.Validators.Add(result => Check(result, result.GetValueOrDefault<double?>() ?? least, name, least, MaxSeconds));
        return option;
    }

    public static Option<double?> PerSecond(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "PER_SECOND" };
        option.Validators.Add(result => Check(result, result.GetValueOrDefault<double?>() ?? 1, name, 0.01, 10_000_000));
        return option;
    }

    public static Option<int> Concurrency()
    {
        var option = new Option<int>("--concurrency", "-c") { Description = "Connections", DefaultValueFactory = _ => 10 };
        option.Validators.Add(result => Check(result, result.GetValueOrDefault<int>(), option.Name, 1, MaxConcurrency));
        return option;
    }

    public static Argument<int> Size()
    {
        var argument = new Argument<int>("SIZE") { Description = "Size of each blob in KiB" };
        argument.Validators.Add(result => Check(result, result.GetValueOrDefault<int>(), argument.Name, 0, MaxSizeKiB));
        return argument;
    }

    public static Argument<long> Amount()
    {
        var argument = new Argument<long>("AMOUNT") { Description = "Operations to do" };
        argument.Validators.Add(result => Check(result, result.GetValueOrDefault<long>(), argument.Name, 0, long.MaxValue));
        return argument;
    }

    public static Option<Uri> Url() => new("--url")
    {
        Description = "The server",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8000"),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp) return url;
            result.AddError($"--url {text}: wanted something like http://127.0.0.1:8000");
            return null;
        },
    };

    public static TimeSpan? Span(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static void Check<T>(SymbolResult result, T value, string name, T lowest, T highest)
        where T : IComparable<T>
    {
        if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {value}: wanted {lowest} to {highest}"));
    }
}
