using System.CommandLine;
using System.Globalization;
using MultiProc.Control;
using MultiProc.Processes;

namespace MultiProc.Commands;

/// <summary>MultiProc itself: runs in the foreground until it is told to stop.</summary>
internal sealed class RunCommand(Option<string> control)
{
    private readonly Option<int> _procs = Bounded(
        new("--procs") { Description = "Workers", DefaultValueFactory = _ => Environment.ProcessorCount }, 1, 256);

    private readonly Option<string?> _directory = new("--dir") { Description = "Where workers keep their data; {dir} in COMMAND" };

    private readonly Option<int> _firstPort = Bounded(
        new("--first-port") { Description = "The first worker's port; the others follow", DefaultValueFactory = _ => 8001 }, 1, 65535);

    private readonly Option<int> _port = Bounded(
        new("--port") { Description = "Where HAProxy listens; $BLOBS_PORT in its configuration", DefaultValueFactory = _ => 8000 }, 1, 65535);

    private readonly Option<string?> _haproxy = new("--haproxy") { Description = "HAProxy's configuration; workers only when absent" };

    private readonly Option<string> _readyPath = new("--ready-path")
    {
        Description = "Asked of a worker to see whether it is ready; a status of 200 to 399 is yes",
        DefaultValueFactory = _ => "/",
    };

    private readonly Argument<string[]> _command = new("COMMAND")
    {
        Description = "After --, the worker's command; {dir} {port} {index} are replaced  [default: BlobsServer {dir} {port}]",
    };

    public RootCommand Create(bool wordsFollowDashes)
    {
        var root = new RootCommand { _procs, _directory, _firstPort, _port, _haproxy, _readyPath, _command };
        _command.Validators.Add(result =>
        {
            // A mistyped subcommand must not become a worker's command.
            if (result.Tokens.Count > 0 && !wordsFollowDashes)
                result.AddError($"unknown command '{result.Tokens[0].Value}'; a worker's command follows --");
        });
        root.SetAction((parse, cancellation) =>
        {
            var settings = Read(parse);
            return FindUsageProblem(settings) is { } problem ? Task.FromResult(CommandLine.Misused(problem)) : RunAsync(settings, cancellation);
        });
        return root;
    }

    private static string? FindUsageProblem(Settings settings)
    {
        if (settings.DataDirectory is null && settings.Command.Any(word => word.Contains(CommandTemplate.Directory, StringComparison.Ordinal)))
            return "--dir DIR is needed: the worker's command mentions {dir}";
        return settings.PortOf(settings.Procs) > 65535
            ? $"--first-port {settings.FirstPort} leaves no room for --procs {settings.Procs} below 65536"
            : null;
    }

    private static Option<int> Bounded(Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            // By its text: the value of what is no number can't be asked for here.
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most))
                result.AddError($"{option.Name} is {token.Value}: pass {least} to {most}");
        });
        return option;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken cancellation)
    {
        if (settings.Control.Prepare() is { } unusable) return CommandLine.Fail(unusable);
        using var pidFile = PidFile.TryAcquire(settings.Control.PidFile);
        if (pidFile is null)
            return CommandLine.Fail($"a supervisor runs already on {settings.Control.FullPath}: 'MultiProc stop' it or pass another --control");
        Leftovers.Sweep(settings.Control, pidFile);
        var haproxy = settings.HaproxyFile is null ? null : Executable.Find("haproxy");
        if (await Preflight.FindProblemAsync(settings, haproxy, cancellation) is { } problem) return CommandLine.Fail(problem);

        await using var log = new Log();
        var surroundings = new Surroundings(new MonotonicClock(TimeProvider.System), new Wakeup(), new Launcher(), log);
        var supervisor = new Supervisor(settings, haproxy, pidFile, surroundings);
        using var signals = new StopSignals(supervisor, log);
        using var janitor = new Janitor(settings.Control);
        try
        {
            await using var server = await ControlServer.StartAsync(settings.Control.FullPath, supervisor);
            var stop = await supervisor.RunAsync();
            return stop.Problem is null ? stop.ExitStatus : CommandLine.Fail(stop.Problem);
        }
        finally
        {
            Leftovers.RemoveSockets(settings.Control);
        }
    }

    private Settings Read(ParseResult parse)
    {
        var words = parse.GetValue(_command) ?? [];
        return new Settings
        {
            Procs = parse.GetValue(_procs),
            DataDirectory = parse.GetValue(_directory) is { } directory ? Path.GetFullPath(directory) : null,
            FirstPort = parse.GetValue(_firstPort),
            Port = parse.GetValue(_port),
            HaproxyFile = parse.GetValue(_haproxy),
            Control = new ControlPath(Path.GetFullPath(parse.GetValue(control)!)),
            ReadyPath = parse.GetValue(_readyPath)!,
            Command = words.Length == 0 ? CommandTemplate.Default : [.. words],
        };
    }
}
