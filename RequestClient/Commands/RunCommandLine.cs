using System.CommandLine;
using System.CommandLine.Parsing;
using RequestClient.Actions;
using RequestClient.Metering;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Commands;

/// <summary>What can be said about a run on the command line, and what it means.</summary>
internal sealed class RunCommandLine
{
    private readonly Argument<long> _amount = Options.Amount();
    private readonly Argument<int> _size = Options.Size();
    private readonly ActionOptions _action = new();
    private readonly Option<Uri> _url = Options.Url();
    private readonly Option<string?> _user = new("--user")
    {
        Description = "Whose blobs (default: study; study-list with --list, so that the listing stays what it is)",
    };
    private readonly Option<string[]> _headers = new("--header") { Description = "'NAME: VALUE' to send with every request" };
    private readonly Option<int> _concurrency = Options.Concurrency();
    private readonly Option<int> _threads = Options.Threads();
    private readonly Option<double?> _rate = Options.PerSecond(
        "--rate", "Open loop: so many operations are due each second, whatever the server does");
    private readonly Option<bool> _findMax = new("--find-max")
    {
        Description = "Search the highest --rate that keeps --slo; each is tried for --duration (default: 3s)",
    };
    private readonly Option<string[]> _objectives = new("--slo")
    {
        Description = $"Objective for the time from due: {Objective.Form}",
    };
    private readonly Option<TimeSpan?> _warmup = Options.Time(
        "--warmup", "First load the server, until its rate settles or so long; 0: don't", mayBeZero: true);
    private readonly Option<TimeSpan?> _duration = Options.Time(
        "--duration", "End after so long; AMOUNT is then a limit, and 0 means none");
    private readonly Option<TimeSpan?> _timeout = Options.Timeout();
    private readonly Option<bool> _allowErrors = new("--allow-errors") { Description = "Exit 0 even when operations failed" };
    private readonly Option<int?> _procs = Options.Procs();
    private readonly Option<string?> _record = new("--record")
    {
        Description = "Append a record of the run to this file, as one line of JSON",
    };
    private readonly Option<string?> _control = new("--control")
    {
        Description = "MultiProc's control socket: adds CPU and requests of proxy and workers",
    };
    private readonly Option<string?> _ceiling = Options.Ceiling();
    private readonly Option<string[]> _notes = Options.Notes();
    private readonly Option<string?> _percentiles = new("--hgrm")
    {
        Description = "Write the latencies as HdrHistogram's percentile table, to plot",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Print the record instead of the summary" };

    /// <summary>The command, which runs <paramref name="run"/> with what was asked for.</summary>
    public RootCommand Build(Func<RunOptions, Task<int>> run)
    {
        var root = new RootCommand(
            """
            Loads a blobs server, checks every byte that it answers, and says how fast that was.

            Examples:
              RequestClient 20000 10 --put
              RequestClient 20000 10 --get --concurrency 50 --warmup 5s --record runs.jsonl
              RequestClient 0 10 --baseline --duration 10s --url http://127.0.0.1:8001
              RequestClient 0 10 --get --rate 2000 --duration 30s --hgrm get.hgrm
              RequestClient 0 10 --get --find-max --slo p99=5ms
              RequestClient 0 0 --trace load.tsv --actions services/People/actions.conf --concurrency 100
              RequestClient 5000 4 --url http://127.0.0.1:9000 --request 'PUT /x/{id} {body} -> 201' --then 'GET /x/{id}'
            """)
        {
            _amount, _size, _url, _user, _headers, _concurrency, _threads, _rate, _duration, _warmup, _timeout, _allowErrors,
            _findMax, _objectives, _procs, _record, _control, _ceiling, _notes, _percentiles, _json,
        };
        root.Validators.Add(result =>
        {
            // The parser takes it for an argument, of which a number is wanted; other errors would be told instead.
            var words = result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens);
            foreach (var word in words.Where(word => word.Value.StartsWith("--", StringComparison.Ordinal)))
                result.AddError($"there is no option {word.Value}");
        });
        _action.AddTo(root);
        root.Validators.Add(result =>
        {
            var findMax = result.GetValue(_findMax);
            var objectives = result.GetValue(_objectives) ?? [];
            // Only texts and presence: reading a number that is none throws, and is told anyway.
            var isTraced = _action.IsTraced(result);
            if (isTraced && (findMax || result.GetResult(_rate) is not null || result.GetResult(_warmup) is not null))
                result.AddError("--trace says itself when operations are due: leave out --rate, --find-max and --warmup");
            if (result.GetResult(_amount)?.Tokens is [{ Value: "0" }] && result.GetResult(_duration) is null
                && !findMax && !isTraced)
            {
                result.AddError("AMOUNT 0 needs an end: give --duration 30s, or an AMOUNT above 0");
            }

            if (findMax != objectives.Length > 0) result.AddError("--find-max and --slo belong together");
            if (findMax && result.GetResult(_rate) is not null) result.AddError("--find-max searches the --rate: leave it out");
            foreach (var text in objectives.Where(text => Objective.Parse(text) is null))
                result.AddError($"--slo {text}: wanted {Objective.Form}");
            foreach (var header in (result.GetValue(_headers) ?? []).Where(header => !HeaderText.IsRight(header)))
                result.AddError($"--header {header}: wanted {HeaderText.Form}");
            if (result.GetValue(_user) is { } user && (user.Length == 0 || user.Any(letter => letter is <= ' ' or > '~' or '/')))
                result.AddError($"--user {user}: wanted letters, digits, - and _");
            if (RunNotes.Read(result.GetValue(_notes)).Error is { } error) result.AddError(error);
        });
        root.SetAction(parse => run(Read(parse)));
        return root;
    }

    private RunOptions Read(ParseResult parse)
    {
        var action = _action.Read(parse);
        return new RunOptions
        {
            Action = action,
            Amount = parse.GetValue(_amount),
            SizeKiB = parse.GetValue(_size),
            Url = parse.GetValue(_url)!,
            User = parse.GetValue(_user) ?? RunOptions.UsualUser(action),
            Headers = parse.GetValue(_headers) ?? [],
            Concurrency = parse.GetValue(_concurrency),
            Threads = parse.GetValue(_threads),
            RatePerSecond = parse.GetValue(_rate),
            Objectives = parse.GetValue(_findMax)
                ? [.. parse.GetValue(_objectives)!.Select(text => Objective.Parse(text)!)]
                : null,
            Warmup = parse.GetValue(_warmup),
            Duration = parse.GetValue(_duration),
            Timeout = parse.GetValue(_timeout) ?? RunOptions.UsualTimeout,
            AllowErrors = parse.GetValue(_allowErrors),
            Expected = new Expected { Procs = parse.GetValue(_procs) },
            RecordFile = parse.GetValue(_record),
            ControlPath = parse.GetValue(_control),
            CeilingFile = parse.GetValue(_ceiling),
            Notes = RunNotes.Read(parse.GetValue(_notes)).Notes,
            PercentilesFile = parse.GetValue(_percentiles),
            Json = parse.GetValue(_json),
        };
    }
}
