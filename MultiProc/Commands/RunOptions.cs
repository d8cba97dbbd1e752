using System.CommandLine;
using MultiProc.Limits;
using MultiProc.Logging;
using MultiProc.Pooling;
using MultiProc.WaysIn;

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

    private readonly Option<string?> _wayIn = new Option<string?>("--way-in")
    {
        Description = "How requests come to the workers, with the study's configuration [default: none]",
    }.OneOf(WayInChoice.All.Select(choice => choice.Name));

    private readonly Option<string?> _haproxy = new Option<string?>("--haproxy")
    {
        Description = "HAProxy as the way in, with this configuration, such as haproxy/service.cfg",
    }.NotEmpty();

    private readonly Option<string?> _nginx = new Option<string?>("--nginx")
    {
        Description = "nginx as the way in, with this configuration, such as proxies/nginx.conf",
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

    private readonly Option<TimeSpan?> _probeTimeout = Duration.Option(
        "--probe-timeout",
        "How long such an answer may take; after three silences a worker is replaced [default: 5s]",
        least: TimeSpan.FromMilliseconds(50));

    private readonly Option<TimeSpan?> _drainTimeout = Duration.Option(
        "--drain-timeout", "How long requests under way may take when their worker is to go [default: 30s]", TimeSpan.Zero);

    private readonly Option<TimeSpan?> _stopTimeout = Duration.Option(
        "--stop-timeout", "From SIGTERM to SIGKILL [default: 10s]", TimeSpan.Zero);

    private readonly Option<double?> _cpuLimit = new Option<double?>("--cpu-limit")
    {
        Description = "Cores that each worker may use, such as 0.1",
    }.From(0.01, 4096);

    private readonly Option<string?> _store = new Option<string?>("--store")
    {
        Description = "A store that the workers share, such as 'stores/redis {dir} {storeport}': first up, last down; {store} in "
            + "COMMAND is the URL that it prints",
    }.NotEmpty();

    private readonly Option<int> _storePort = new Option<int>("--store-port")
    {
        Description = "The store's port; {storeport} in its command and in COMMAND",
        DefaultValueFactory = _ => 8100,
    }.From(1, 65535);

    private readonly Option<double?> _storeCpuLimit = new Option<double?>("--store-cpu-limit")
    {
        Description = "Cores that the store may use",
    }.From(0.01, 4096);

    private readonly Option<double?> _proxyCpuLimit = new Option<double?>("--proxy-cpu-limit")
    {
        Description = "Cores that HAProxy or nginx may use",
    }.From(0.01, 4096);

    private readonly Option<TimeSpan?> _cpuLimitAfter = Duration.Option(
        "--cpu-limit-after",
        "From ready until --cpu-limit begins, so that compiling does not eat it [default: from its start]",
        TimeSpan.Zero);

    private readonly Option<int?> _memoryLimit = new Option<int?>("--memory-limit")
    {
        Description = "MiB that each worker may use",
    }.From(16, 1 << 30);

    private readonly Option<string?> _cpuAffinity = new("--cpu-affinity")
    {
        Description = "Processors, such as 0,2-3: each worker is bound to one of them in turn",
    };

    private readonly Option<string?> _pin = new("--pin")
    {
        Description = $"Processors that all workers, the proxy and the store are each bound to, such as {Placement.Example}",
    };

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
        _cpuAffinity.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && CpuList.TryParse(token.Value) is null)
                result.AddError($"--cpu-affinity is {token.Value}: pass processors such as 0,2-3");
        });
        _store.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && CommandWords.TrySplit(token.Value) is not { Length: > 0 })
                result.AddError($"--store is {token.Value}: pass a command such as 'stores/redis {{dir}} {{storeport}}'");
        });
        _pin.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Placement.TryParse(token.Value) is null)
                result.AddError($"--pin is {token.Value}: pass processors such as {Placement.Example}");
        });
        _environment.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(token => WorkerEnvironment.FindProblem(token.Value)).OfType<string>())
                result.AddError(problem);
        });
        root.Validators.Add(result =>
        {
            var given = new Option[] { _wayIn, _haproxy, _nginx }.Where(option => result.GetResult(option) is { Implicit: false }).ToList();
            if (result.GetResult(_pin) is not null && result.GetResult(_cpuAffinity) is not null)
                result.AddError("--pin and --cpu-affinity both bind workers to processors: pass one");
            if (given.Count > 1) result.AddError($"{string.Join(" and ", given.Select(option => option.Name))} are each a way in: pass one");
        });
        Option[] options =
        [
            _procs, _directory, _firstPort, _port, _wayIn, _haproxy, _nginx, _requestCounter, _readyPath, _livePath,
            _probeTimeout, _drainTimeout, _stopTimeout, _cpuLimit, _store, _storePort, _storeCpuLimit, _proxyCpuLimit, _cpuLimitAfter, _memoryLimit, _cpuAffinity, _pin, _environment, _log, _logFile,
        ];
        foreach (var option in options) root.Options.Add(option);
        root.Arguments.Add(_command);
    }

    public Settings Read(ParseResult parse)
    {
        var words = parse.GetValue(_command) ?? [];
        var wayIn = WayInOf(parse);
        var command = words.Length == 0 ? CommandTemplate.Default : [.. words];
        var cpus = parse.GetValue(_cpuAffinity) is { } list ? CpuList.TryParse(list)!.Value : [];
        var placement = parse.GetValue(_pin) is { } pin ? Placement.TryParse(pin)! : new Placement();
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
            Limits = new WorkerLimits
            {
                CpuAfter = parse.GetValue(_cpuLimitAfter),
                MemoryMiB = parse.GetValue(_memoryLimit),
            },
            StoreCommand = parse.GetValue(_store) is { } store ? CommandWords.TrySplit(store)!.Value : [],
            StorePort = parse.GetValue(_storePort),
            InitialLimits = new ComponentLimits
            {
                WorkerCores = parse.GetValue(_cpuLimit),
                StoreCores = parse.GetValue(_storeCpuLimit),
                ProxyCores = parse.GetValue(_proxyCpuLimit),
            },
            Cpus = cpus,
            Placement = placement,
            Environment = WorkerEnvironment.Of(
                parse.GetValue(_environment) ?? [],
                Environment.GetEnvironmentVariable,
                processorsEach: !cpus.IsEmpty ? 1 : placement.Workers.IsEmpty ? Environment.ProcessorCount : placement.Workers.Length),
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
        if (FindStoreProblem(settings) is { } problem) return problem;
        if (settings.WayIn == WayInChoice.Direct && settings.Procs > 1)
            return $"--way-in direct: one worker is the way in, not {settings.Procs}: pass --procs 1";
        if (settings.WayIn == WayInChoice.SharedPort && !CommandTemplate.Mentions(settings.Command, CommandTemplate.Front))
            return "--way-in reuseport: the command must listen on {front} beside {port}, with SO_REUSEPORT";
        if (settings.PortOf(settings.Procs) > 65535)
            return $"--first-port {settings.FirstPort} leaves no room for --procs {settings.Procs} below 65536";
        var ofWorkers = Enumerable.Range(settings.FirstPort, settings.Procs);
        if (settings.UsesPort && ofWorkers.Contains(settings.Port))
            return $"--port {settings.Port} is a worker's too: pass another --port or --first-port";
        if (settings is { Limits.CpuAfter: not null, InitialLimits.WorkerCores: null }) return "--cpu-limit-after needs a --cpu-limit";
        return CommandTemplate.TellsWhereToListen(settings.Command)
            ? null
            : $"'{string.Join(' ', settings.Command)}' does not say where to listen: put {{port}} where it takes its port";
    }

    private static string? FindStoreProblem(Settings settings)
    {
        if (settings.StoreCommand.IsEmpty)
        {
            return CommandTemplate.Mentions(settings.Command, CommandTemplate.Store) ? "the command mentions {store}: pass a --store"
                : settings.InitialLimits.StoreCores is not null ? "--store-cpu-limit needs a --store"
                : null;
        }

        if (settings.DataDirectory is null && CommandTemplate.Mentions(settings.StoreCommand, CommandTemplate.Directory))
            return "--dir DIR is needed: the store's command mentions {dir}";
        return Enumerable.Range(settings.FirstPort, settings.Procs).Contains(settings.StorePort) || (settings.UsesPort && settings.StorePort == settings.Port)
            ? $"--store-port {settings.StorePort} is a worker's or the way in's too: pass another"
            : null;
    }

    private static string DescribeUnknown(string word) => word.StartsWith('-')
        ? $"there is no option {word}; a worker's command, and its options, follow --"
        : $"unknown command '{word}'; a worker's command follows --";

    private WayInChoice WayInOf(ParseResult parse) =>
        parse.GetValue(_haproxy) is { } haproxy ? WayInChoice.OfHaproxy(haproxy)
        : parse.GetValue(_nginx) is { } nginx ? WayInChoice.OfNginx(nginx)
        : WayInChoice.All.FirstOrDefault(choice => choice.Name == parse.GetValue(_wayIn)) ?? WayInChoice.None;
}
