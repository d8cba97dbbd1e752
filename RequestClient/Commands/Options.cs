using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace RequestClient.Commands;

/// <summary>Options and arguments with bounds, whose errors tell value, bound and form.</summary>
internal static class Options
{
    public const int MaxConcurrency = 10_000;
    public const int MaxSizeKiB = 1024 * 1024;
    public const double MaxSeconds = 7 * 86_400;

    public static Option<double?> Seconds(string name, string description, double least = 0.001) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result => Number(result, name, least, MaxSeconds),
    };

    public static Option<double?> PerSecond(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PER_SECOND",
        CustomParser = result => Number(result, name, 0.01, 10_000_000),
    };

    public static Option<int> Concurrency() => new("--concurrency", "-c")
    {
        Description = "Connections",
        HelpName = "CONNECTIONS",
        DefaultValueFactory = _ => 10,
        CustomParser = result => Number(result, "--concurrency", 1, MaxConcurrency) ?? 0,
    };

    public static Option<int?> Procs() => new("--procs")
    {
        Description = "Processes behind the URL, for the record",
        HelpName = "PROCESSES",
        CustomParser = result => Number(result, "--procs", 1, 10_000),
    };

    public static Argument<int> Size() => new("SIZE")
    {
        Description = "Size of each blob in KiB",
        CustomParser = result => Number(result, "SIZE", 0, MaxSizeKiB) ?? 0,
    };

    public static Argument<long> Amount() => new("AMOUNT")
    {
        Description = "Operations to do",
        CustomParser = result => Number(result, "AMOUNT", 0, long.MaxValue) ?? 0,
    };

    public static Option<Uri> Url() => new("--url")
    {
        Description = "The server",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8000"),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url);
            if (isUrl && url!.Scheme == Uri.UriSchemeHttp && url is { Query: "", Fragment: "", UserInfo: "" }) return url;
            var reason = isUrl && url!.Scheme == Uri.UriSchemeHttps ? "this client speaks no TLS; " : "";
            result.AddError($"--url {text}: {reason}wanted something like http://127.0.0.1:8000");
            return null;
        },
    };

    public static TimeSpan? Span(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private static T? Number<T>(ArgumentResult result, string name, T lowest, T highest)
        where T : struct, INumber<T>
    {
        if (result.Tokens.Count == 0) return null;
        var text = result.Tokens[0].Value;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var isNumber = T.TryParse(text, Style, CultureInfo.InvariantCulture, out var value);
        if (isNumber && value >= lowest && value <= highest) return value;
        var wanted = string.Create(CultureInfo.InvariantCulture, $"wanted a number from {lowest} to {highest}");
        result.AddError($"{name} {text}: {wanted}");
        return null;
    }
}
