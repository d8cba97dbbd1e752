using System.CommandLine;
using MultiProc.Configuration;
using MultiProc.Logging;
using MultiProc.Pooling;

namespace MultiProc.Commands;

/// <summary>The options of MultiProc itself, and the settings that they make.</summary>
internal sealed class RunOptions(Option<string> control)
{
    private readonly Option<int> _procs = new Option<int>("--procs")
    {
        Description = "Workers",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    }.From(1, Changes.MostProcs);

    private readonly Option<string?> _directory = new Option<string?>("--dir")
    {
        Description = "Where workers keep their data; {dir} in COMMAND",
    }.NotEmpty();

    private readonly Option<int> _firstPort = new Option<int>("--first-port")
    {
        Description = "The first worker's port; the others follow",
        DefaultValueFactory = _ => 8001,
    }.From(1, 65535);

    private readonly Option<int> _port = new Option<int>("--port")
    {
        Description = "Where HAProxy or nginx listens; $BLOBS_PORT in its configuration, {front} in COMMAND",
        DefaultValueFactory = _ => 8000,
    }.From(1, 65535);

    private readonly WayInOptions _wayIn = new();
    private readonly StoreOptions _store = new();
    private readonly LimitOptions _limits = new();
    private readonly PlacementOptions _placement = new();

    private readonly Option<string?> _requestCounter = new("--request-counter")
    {
        Description = "Workers' own counter at GET /metrics, for ways in that count no requests, such as blobs_requests_total",
    };

    private readonly Option<string> _readyPath = new Option<string>("--ready-path")
    {
        Description = "Asked of a worker to see whether it is ready; a status of 200 to 399 is yes",
        DefaultValueFactory = _ => "/",
    }.Path();

    private readonly Option<string> _livePath = new Option<string>("--live-path")
    {
        Description = "Asked of a worker to see whether it hangs; any status below 500 is an answer",
        DefaultValueFactory = _ => "/health/live",
    }.Path();

    private readonly Option<TimeSpan?> _probeTimeout = TimeOption.Create(
        "--probe-timeout",
        "How long such an answer may take; after three silences a worker is replaced [default: 5s]",
        least: TimeSpan.FromMilliseconds(50));

    private readonly Option<TimeSpan?> _drainTimeout = TimeOption.Create(
        "--drain-timeout", "How long requests under way may take when their worker is to go [default: 30s]", TimeSpan.Zero);

    private readonly Option<TimeSpan?> _stopTimeout = TimeOption.Create(
        "--stop-timeout", "From SIGTERM to SIGKILL [default: 10s]", TimeSpan.Zero);

    private readonly Option<string[]> _environment = new("--env")
    {
        Description = "NAME=VALUE in workers' environment; repeatable",
    };

    private readonly Option<LogFormat> _log =
        new Option<LogFormat>("--log") { Description = "How a line of the log looks, one an event [default: text]" }.OneOf();

    private readonly Option<string?> _logFile = new Option<string?>("--log-file")
    {
        Description = "Where the log is appended to, the processes' own output included [default: standard output and error]",
    }.NotEmpty();

    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After --, the worker's command; {dir} {port} {index} {front} {socket} {store} {storeport} are replaced  "
            + "[default: BlobsServer {dir} {port}]",
    };

    public void AddTo(RootCommand root, bool wordsFollowDashes)
    {
        _command.Validators.Add(result =>
        {
            // A mistyped subcommand must not become a worker's command.
            if (result.Tokens.Count > 0 && !wordsFollowDashes)
                result.AddError(DescribeUnknown(result.Tokens[0].Value));
        });
        _environment.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(token => WorkerEnvironment.FindProblem(token.Value)).OfType<string>())
                result.AddError(problem);
        });
        Option[] options =
        [
            _procs, _directory, _firstPort, _port, .. _wayIn.Options, .. _store.Options, _requestCounter, _readyPath, _livePath,
            _probeTimeout, _drainTimeout, _stopTimeout, .. _limits.Options, .. _placement.Options, _environment, _log, _logFile,
        ];
        root.Validators.Add(_wayIn.AddErrors);
        root.Validators.Add(_placement.AddErrors);
        foreach (var option in options) root.Options.Add(option);
        root.Arguments.Add(_command);
    }

    public Settings Read(ParseResult parse)
    {
        var words = parse.GetValue(_command) ?? [];
        var wayIn = _wayIn.Read(parse);
        var command = words.Length == 0 ? CommandTemplate.Default : [.. words];
        var (cpus, placement) = _placement.Read(parse);
        return new Settings
        {
            Procs = parse.GetValue(_procs),
            DataDirectory = parse.GetValue(_directory) is { } directory ? Path.GetFullPath(directory) : null,
            FirstPort = parse.GetValue(wayIn == WayInChoice.Direct ? _port : _firstPort),
            Port = parse.GetValue(_port),
            WayIn = wayIn,
            RequestCounter = parse.GetValue(_requestCounter),
            Control = ControlPath.Of(parse.GetValue(control)),
            ReadyPath = parse.GetValue(_readyPath)!,
            LivePath = parse.GetValue(_livePath)!,
            ProbeTimeout = parse.GetValue(_probeTimeout) ?? TimeSpan.FromSeconds(5),
            DrainTimeout = parse.GetValue(_drainTimeout) ?? TimeSpan.FromSeconds(30),
            StopTimeout = parse.GetValue(_stopTimeout) ?? TimeSpan.FromSeconds(10),
            StoreCommand = _store.ReadCommand(parse),
            StorePort = _store.ReadPort(parse),
            MemoryLimitMiB = _limits.ReadMemoryMiB(parse),
            InitialLimits = _limits.ReadInitial(parse),
            Cpus = cpus,
            Placement = placement,
            Environment = WorkerEnvironment.Of(
                parse.GetValue(_environment) ?? [],
                Environment.GetEnvironmentVariable,
                processorsEach: !cpus.IsEmpty
                    ? 1
                    : placement.Workers.IsEmpty
                    ? Environment.ProcessorCount
                    : placement.Workers.Length),
            LogFormat = parse.GetValue(_log),
            LogFile = parse.GetValue(_logFile) is { } logFile ? Path.GetFullPath(logFile) : null,
            Command = [.. command, .. CommandTemplate.WordsFor(wayIn, command)],
        };
    }

    /// <summary>What no single option shows to be wrong.</summary>
    public static string? FindProblem(Settings settings)
    {
        if (settings.DataDirectory is null && CommandTemplate.Mentions(settings.Command, CommandTemplate.Directory))
            return "--dir DIR is needed: the worker's command mentions {dir}";
        if ((StoreOptions.FindProblem(settings) ?? WayInOptions.FindProblem(settings)) is { } problem) return problem;
        if (settings.PortOf(settings.Procs) > 65535)
            return $"--first-port {settings.FirstPort} leaves no room for --procs {settings.Procs} below 65536";
        var ofWorkers = Enumerable.Range(settings.FirstPort, settings.Procs);
        if (settings.UsesPort && ofWorkers.Contains(settings.Port))
            return $"--port {settings.Port} is a worker's too: pass another --port or --first-port";
        return CommandTemplate.TellsWhereToListen(settings.Command)
            ? null
            : $"'{string.Join(' ', settings.Command)}' does not say where to listen: put {{port}} where it takes its port";
    }

    private static string DescribeUnknown(string word) => word.StartsWith('-')
        ? $"there is no option {word}; a worker's command, and its options, follow --"
        : $"unknown command '{word}'; a worker's command follows --";
}
