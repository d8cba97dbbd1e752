using System.CommandLine;
using System.Globalization;
using RequestClient.Actions;

namespace RequestClient;

/// <summary>What can be said on the command line, and what it means.</summary>
internal sealed class CommandLine
{
    private const int MaxConcurrency = 10_000;
    private const int MaxSizeKiB = 1024 * 1024;

    private readonly Argument<long> _amount = new("AMOUNT") { Description = "Operations to do" };
    private readonly Argument<int> _size = new("SIZE") { Description = "Size of each blob in KiB" };
    private readonly Option<bool>[] _actions =
    [
        .. BuiltInActions.All.Select(action => new Option<bool>($"--{action.Name}") { Description = Describe(action) }),
    ];
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The server",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8000"),
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? url
            : Reject<Uri>(result, $"--url {result.Tokens[0].Value}: wanted something like http://127.0.0.1:8000"),
    };
    private readonly Option<string?> _user = new("--user")
    {
        Description = "Whose blobs (default: study; study-list with --list, so that the listing stays what it is)",
    };
    private readonly Option<int> _concurrency = new("--concurrency", "-c") { Description = "Connections", DefaultValueFactory = _ => 10 };
    private readonly Option<double?> _warmup = Seconds("--warmup", "First load the server, until its rate settles or so long");
    private readonly Option<double?> _duration = Seconds("--duration", "End after so long; AMOUNT is then a limit, and 0 means none");
    private readonly Option<double?> _timeout = Seconds("--timeout", "An operation without a whole reply for so long has failed (default: 10)");
    private readonly Option<int?> _procs = new("--procs") { Description = "Processes behind the URL, for the record" };
    private readonly Option<string?> _record = new("--record") { Description = "Append a record of the run to this file, as one line of JSON" };
    private readonly Option<string?> _control = new("--control") { Description = "MultiProc's control socket: adds CPU and requests of proxy and workers" };
    private readonly Option<string[]> _notes = new("--note") { Description = $"KEY=VALUE for the record, with KEY one of {RunNotes.Keys}" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the record instead of the summary" };

    /// <summary>The command, which runs <paramref name="run"/> with what was asked for.</summary>
    public RootCommand Build(Func<RunOptions, Task<int>> run)
    {
        var root = new RootCommand(
            """
            Loads a blobs server, checks every byte that it answers, and says how fast that was.

            Examples:
              RequestClient 20000 10 --put
              RequestClient 20000 10 --get --concurrency 50 --warmup 5 --record runs.jsonl
              RequestClient 0 10 --baseline --duration 10 --url http://127.0.0.1:8001
            """)
        {
            _amount, _size, _url, _user, _concurrency, _warmup, _duration, _timeout, _procs, _record, _control, _notes, _json,
        };
        foreach (var action in _actions) root.Add(action);
        root.Add(VerifyCommand.Build());
        Within(_amount, 0, long.MaxValue);
        Within(_size, 0, MaxSizeKiB);
        _concurrency.Validators.Add(result => Bound(result, result.GetValueOrDefault<int>(), "--concurrency", 1, MaxConcurrency));
        root.Validators.Add(result =>
        {
            var chosen = _actions.Count(action => result.GetValue(action));
            if (chosen != 1) result.AddError($"give one action, not {chosen}: {string.Join(' ', _actions.Select(action => action.Name))}");
            if (result.GetValue(_amount) == 0 && result.GetValue(_duration) is null)
                result.AddError("AMOUNT 0 needs an end: give --duration SECONDS");
            var (_, error) = Notes(result.GetValue(_notes));
            if (error is not null) result.AddError(error);
        });
        root.SetAction(parse => run(Read(parse)));
        return root;
    }

    private RunOptions Read(ParseResult parse)
    {
        var action = BuiltInActions.All[Array.FindIndex(_actions, option => parse.GetValue(option))];
        return new RunOptions
        {
            Action = action,
            Amount = parse.GetValue(_amount),
            SizeKiB = parse.GetValue(_size),
            Url = parse.GetValue(_url)!,
            User = parse.GetValue(_user) ?? (action.NeedsRehearsal ? "study-list" : "study"),
            Concurrency = parse.GetValue(_concurrency),
            Warmup = Span(parse.GetValue(_warmup)),
            Duration = Span(parse.GetValue(_duration)),
            Timeout = Span(parse.GetValue(_timeout)) ?? TimeSpan.FromSeconds(10),
            Procs = parse.GetValue(_procs),
            RecordFile = parse.GetValue(_record),
            ControlPath = parse.GetValue(_control),
            Notes = Notes(parse.GetValue(_notes)).Notes,
            Json = parse.GetValue(_json),
        };
    }

    private static (RunNotes Notes, string? Error) Notes(string[]? notes) =>
        (notes ?? []).Aggregate((Notes: new RunNotes(), Error: (string?)null), (sum, note) =>
        {
            var (next, error) = sum.Notes.With(note);
            return (next, sum.Error ?? error);
        });

    private static string Describe(ActionPlan action) => action.Steps.Count == 1
        ? $"Each operation is a {action.Steps[0].Method} of {action.Steps[0].Path}"
        : $"Each operation is a {string.Join(", then a ", action.Steps.Select(step => step.Method))} of a fresh blob";

    private static Option<double?> Seconds(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "SECONDS" };
        option.Validators.Add(result => Bound(result, result.GetValueOrDefault<double?>() ?? 0, name, 0, 86_400));
        return option;
    }

    private static void Within<T>(Argument<T> argument, T lowest, T highest)
        where T : IComparable<T> =>
        argument.Validators.Add(result => Bound(result, result.GetValueOrDefault<T>()!, argument.Name, lowest, highest));

    private static void Bound<T>(System.CommandLine.Parsing.SymbolResult result, T value, string name, T lowest, T highest)
        where T : IComparable<T>
    {
        if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {value}: wanted {lowest} to {highest}"));
    }

    private static T? Reject<T>(System.CommandLine.Parsing.ArgumentResult result, string error)
    {
        result.AddError(error);
        return default;
    }

    private static TimeSpan? Span(double? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
