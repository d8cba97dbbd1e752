using System.CommandLine;
using MultiProc.Limits;
using MultiProc.Logging;
using MultiProc.Pooling;

namespace MultiProc.Commands;

/// <summary>The options of MultiProc itself, and the settings that they make.</summary>
internal sealed class RunOptions(Option<string> control)
{
    private const int MostSeconds = 86_400;

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

    private readonly Option<string?> _haproxy = new Option<string?>("--haproxy")
    {
        Description = "HAProxy's configuration; workers only when absent",
    }.NotEmpty();

    private readonly Option<string?> _nginx = new Option<string?>("--nginx")
    {
        Description = "nginx's configuration, to have it in place of HAProxy, such as proxies/nginx.conf",
    }.NotEmpty();

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

    private readonly Option<double> _probeTimeout = Seconds(
        "--probe-timeout", "Seconds that such an answer may take; after three silences a worker is replaced", 5, least: 0.05);

    private readonly Option<double> _drainTimeout = Seconds(
        "--drain-timeout", "Seconds that requests under way may take when their worker is to go", 30);

    private readonly Option<double> _stopTimeout = Seconds("--stop-timeout", "Seconds from SIGTERM to SIGKILL", 10);

    private readonly Option<double?> _cpuLimit = new Option<double?>("--cpu-limit")
    {
        Description = "Cores that each worker may use, such as 0.1",
    }.From(0.01, 4096);

    private readonly Option<double?> _cpuLimitAfter = new Option<double?>("--cpu-limit-after")
    {
        Description = "Seconds from ready until that begins, so that compiling does not eat it  [default: from its start]",
    }.From(0, MostSeconds);

    private readonly Option<int?> _memoryLimit = new Option<int?>("--memory-limit")
    {
        Description = "MiB that each worker may use",
    }.From(16, 1 << 30);

    private readonly Option<string?> _cpuAffinity = new("--cpu-affinity")
    {
        Description = "Processors, such as 0,2-3: each worker is bound to one of them in turn",
    };

    private readonly Option<string[]> _environment = new("--env")
    {
        Description = "NAME=VALUE in workers' environment; repeatable",
    };

    private readonly Option<LogFormat> _log =
        new Option<LogFormat>("--log") { Description = "How a line of the log looks, one an event [default: text]" }.OneOf();

    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After --, the worker's command; {dir} {port} {index} {front} {socket} are replaced  "
            + "[default: BlobsServer {dir} {port}]",
    };

    public void AddTo(RootCommand root, bool wordsFollowDashes)
    {
        _command.Validators.Add(result =>
        {
            // A mistyped subcommand must not become a worker's command.
            if (result.Tokens.Count > 0 && !wordsFollowDashes)
                result.AddError($"unknown command '{result.Tokens[0].Value}'; a worker's command follows --");
        });
        _cpuAffinity.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && CpuList.TryParse(token.Value) is null)
                result.AddError($"--cpu-affinity is {token.Value}: pass processors such as 0,2-3");
        });
        _environment.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(token => WorkerEnvironment.FindProblem(token.Value)).OfType<string>())
                result.AddError(problem);
        });
        Option[] options =
        [
            _procs, _directory, _firstPort, _port, _haproxy, _nginx, _requestCounter, _readyPath, _livePath,
            _probeTimeout, _drainTimeout, _stopTimeout, _cpuLimit, _cpuLimitAfter, _memoryLimit, _cpuAffinity, _environment, _log,
        ];
        foreach (var option in options) root.Options.Add(option);
        root.Arguments.Add(_command);
    }

    public Settings Read(ParseResult parse)
    {
        var words = parse.GetValue(_command) ?? [];
        var cpus = parse.GetValue(_cpuAffinity) is { } list ? CpuList.TryParse(list)!.Value : [];
        return new Settings
        {
            Procs = parse.GetValue(_procs),
            DataDirectory = parse.GetValue(_directory) is { } directory ? Path.GetFullPath(directory) : null,
            FirstPort = parse.GetValue(_firstPort),
            Port = parse.GetValue(_port),
            HaproxyFile = parse.GetValue(_haproxy),
            NginxFile = parse.GetValue(_nginx),
            RequestCounter = parse.GetValue(_requestCounter),
            Control = ControlPath.Of(parse.GetValue(control)),
            ReadyPath = parse.GetValue(_readyPath)!,
            LivePath = parse.GetValue(_livePath)!,
            ProbeTimeout = TimeSpan.FromSeconds(parse.GetValue(_probeTimeout)),
            DrainTimeout = TimeSpan.FromSeconds(parse.GetValue(_drainTimeout)),
            StopTimeout = TimeSpan.FromSeconds(parse.GetValue(_stopTimeout)),
            Limits = new WorkerLimits
            {
                CpuCores = parse.GetValue(_cpuLimit),
                CpuAfter = parse.GetValue(_cpuLimitAfter) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                MemoryMiB = parse.GetValue(_memoryLimit),
            },
            Cpus = cpus,
            Environment = WorkerEnvironment.Of(
                parse.GetValue(_environment) ?? [],
                Environment.GetEnvironmentVariable,
                processorsEach: cpus.IsEmpty ? Environment.ProcessorCount : 1),
            LogFormat = parse.GetValue(_log),
            Command = words.Length == 0 ? CommandTemplate.Default : [.. words],
        };
    }

    /// <summary>What no single option shows to be wrong.</summary>
    public static string? FindProblem(Settings settings)
    {
        if (settings.DataDirectory is null && CommandTemplate.Mentions(settings.Command, CommandTemplate.Directory))
            return "--dir DIR is needed: the worker's command mentions {dir}";
        if (settings is { HaproxyFile: not null, NginxFile: not null }) return "--haproxy and --nginx are both ways in: pass one";
        if (settings.PortOf(settings.Procs) > 65535)
            return $"--first-port {settings.FirstPort} leaves no room for --procs {settings.Procs} below 65536";
        var ofWorkers = Enumerable.Range(settings.FirstPort, settings.Procs);
        if (settings.UsesPort && ofWorkers.Contains(settings.Port))
            return $"--port {settings.Port} is a worker's too: pass another --port or --first-port";
        if (settings.Limits is { CpuAfter: not null, CpuCores: null }) return "--cpu-limit-after needs a --cpu-limit";
        return CommandTemplate.TellsWhereToListen(settings.Command)
            ? null
            : $"'{string.Join(' ', settings.Command)}' does not say where to listen: put {{port}} where it takes its port";
    }

    private static Option<double> Seconds(string name, string description, double standard, double least = 0) =>
        new Option<double>(name) { Description = description, DefaultValueFactory = _ => standard }.From(least, MostSeconds);
}
