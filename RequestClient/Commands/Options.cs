using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using RequestClient.Actions;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Commands;

/// <summary>Options and arguments with bounds, whose errors tell value, bound and form.</summary>
internal static class Options
{
    public const int MaxConcurrency = 10_000;
    public const int MaxSizeKiB = 1024 * 1024;
    public const int MaxThreads = 64;

    /// <summary>A quarter of the cores, and one at least: proxy and server need more each than the client does.</summary>
    private static int AutoThreads => Math.Clamp(Environment.ProcessorCount / 4, 1, MaxThreads);

    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);
    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(1);

    /// <summary>Has no option take an empty text, no path, name or time, which an unset variable of a script becomes.</summary>
    public static void RefuseEmpty(Command command)
    {
        foreach (var option in command.Options)
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                    result.AddError($"{option.Name} is empty: give it a value, or leave it out");
            });
        }

        foreach (var inner in command.Subcommands) RefuseEmpty(inner);
    }

    /// <summary>What is wrong with a command line. A word that nobody knows is all: it may be what seems to be missing.</summary>
    public static IEnumerable<string> ProblemsOf(ParseResult parse) => parse.UnmatchedTokens.Count > 0
        ? parse.UnmatchedTokens.Select(
            word => word.StartsWith('-') ? $"there is no option {word}" : $"{word} is one argument too many")
        : parse.Errors.Select(error => error.Message);

    /// <summary>A length of time, with its unit.</summary>
    public static Option<TimeSpan?> Time(string name, string description, bool mayBeZero = false) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Time(result, name, mayBeZero ? TimeSpan.Zero : ShortestTime),
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

    /// <summary>A number, or auto: as many as leave cores to what is measured.</summary>
    public static Option<int> Threads() => new("--threads", "-t")
    {
        Description = "Threads of the client that the connections are spread over; auto: as many as leave cores to the rest",
        HelpName = "THREADS|auto",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
            result.Tokens is [{ Value: "auto" }] ? AutoThreads : Number(result, "--threads", 1, MaxThreads) ?? 0,
    };

    public static Option<TimeSpan?> Timeout() =>
        Time("--timeout", "An operation without a whole reply for so long has failed (default: 10s)");

    public static Option<string?> Actions() => new("--actions")
    {
        Description = $"Where actions are described (default: {ActionFile.DefaultPath})",
        HelpName = "FILE",
    };

    public static Option<string?> Ceiling() => new("--ceiling")
    {
        Description = "What 'RequestClient ceiling --record' wrote: adds the client's own ceiling",
        HelpName = "FILE",
    };

    public static Option<string[]> Notes() => new("--note")
    {
        Description = $"KEY=VALUE for the record, with KEY one of {RunNotes.Keys}",
    };

    public static Option<string?> Feed() => new("--feed")
    {
        Description = "Take operations' values from this file instead of the feed that the action names",
        HelpName = "FILE",
    };

    public static Option<string?> Trace() => new("--trace")
    {
        Description =
            "Open loop: each line of this file is an operation, with the columns at (second at which it is due), action, perhaps "
            + "status, and what its action fills in",
        HelpName = "FILE",
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

    /// <summary>A whole number, which need not be given.</summary>
    public static Option<long?> Whole(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Number(result, name, 0, long.MaxValue / 1024),
    };

    /// <summary>Cores, in fractions.</summary>
    public static Option<double?> Cores(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "CORES",
        CustomParser = result => Number(result, name, 0.01, 10_000),
    };

    private static TimeSpan? Time(ArgumentResult result, string name, TimeSpan least)
    {
        if (result.Tokens.Count == 0) return null;
        var text = result.Tokens[0].Value;
        if (TimeText.Parse(text) is { } time && time >= least && time <= LongestTime) return time;
        result.AddError($"{name} {text}: wanted {TimeText.Form}, from {TimeText.Of(least)} to {LongestTime.TotalDays} days");
        return null;
    }

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
