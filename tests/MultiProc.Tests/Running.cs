using System.Globalization;
using System.Text.Json;
using Blobs.TestSupport;
using MultiProc.Commands;
using MultiProc.Configuration;
using MultiProc.Control;
using MultiProc.ControlGroups;
using MultiProc.Processes;

namespace MultiProc.Tests;

/// <summary>A supervisor under test: the real program on ports and in a directory of its own.</summary>
internal sealed class Running : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    public static readonly string Study = Repository.PathOf("haproxy", "study.cfg");
    public static readonly string Service = Repository.PathOf("haproxy", "service.cfg");
    public static readonly string WorkerScript = Repository.PathOf("tests", "MultiProc.Tests", "worker.py");

    // Not what a version manager puts first in PATH: its shim starts a shell and takes four times as long.
    public static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
    public static readonly string[] PythonWorker = [Python, WorkerScript, "{dir}", "{port}"];

    /// <summary>A command of which the second worker fails to start, again and again.</summary>
    public static readonly string[] SecondExitsAtOnce =
        ["sh", "-c", $"[ {{index}} = 2 ] && exit 7; exec {string.Join(' ', PythonWorker)}"];

    private readonly TempDirectory _directory = new();
    private readonly HttpClient _http;
    private readonly ControlClient _control;
    private readonly List<ChildProcess> _supervisors = [];

    public Running(int slots = 8)
    {
        Port = FreePorts.Take(slots + 2);
        Slots = slots;
        Control = _directory["control.sock"];
        _http = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(5) };
        _control = new ControlClient(new ControlPath(Control));
    }

    public static string[] BlobsWorker => [Repository.Program("BlobsServer"), "{dir}", "{port}", "--durability", "none"];

    /// <summary>HAProxy's; the workers' follow, then that of HAProxy's statistics.</summary>
    public int Port { get; }

    public int FirstPort => Port + 1;

    public int Slots { get; }

    /// <summary>Where HAProxy shows its statistics, with the service's configuration.</summary>
    public int StatisticsPort => FirstPort + Slots;

    public string Url => $"http://127.0.0.1:{Port}";

    public string Control { get; }

    public string DataDirectory => _directory["data"];

    public ChildProcess Supervisor => _supervisors[^1];

    /// <summary>A path in the test's directory.</summary>
    public string this[string file] => _directory[file];

    /// <summary>The arguments of a supervisor; of python workers behind the study's HAProxy unless said otherwise.</summary>
    public string[] Arguments(
        int procs,
        IEnumerable<string>? options = null,
        IEnumerable<string>? command = null,
        string? haproxy = null,
        IEnumerable<string>? wayIn = null) =>
    [
        "--procs", procs.ToString(CultureInfo.InvariantCulture),
        "--dir", DataDirectory,
        "--first-port", FirstPort.ToString(CultureInfo.InvariantCulture),
        "--port", Port.ToString(CultureInfo.InvariantCulture),
        .. wayIn ?? ["--haproxy", haproxy ?? Study],
        "--control", Control,
        .. options ?? [],
        "--", .. command ?? PythonWorker,
    ];

    public ChildProcess Start(string[] arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["BLOBS_STATS_PORT"] = StatisticsPort.ToString(CultureInfo.InvariantCulture),
        };
        _supervisors.Add(ChildProcess.Start(Repository.Program("MultiProc"), arguments, variables));
        return Supervisor;
    }

    /// <summary>Starts and waits until all is ready.</summary>
    public async Task<ChildProcess> StartReadyAsync(
        int procs,
        IEnumerable<string>? options = null,
        IEnumerable<string>? command = null,
        string? haproxy = null,
        IEnumerable<string>? wayIn = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var supervisor = Start(Arguments(procs, options, command, haproxy, wayIn), environment);
        await ReadyAsync();
        return supervisor;
    }

    /// <summary>Waits until all is ready.</summary>
    public Task ReadyAsync() => Eventually.HoldsAsync(
        async () => await _control.StatusAsync(TestContext.Current.CancellationToken) is { State: "ready" },
        () => $"not ready:\n{Supervisor.StandardOutput}{Supervisor.StandardError}",
        Patience);

    /// <summary>
    /// Another MultiProc on the same control socket: its code, called here, because a start of .NET costs more than any command.
    /// </summary>
    public Task<(int ExitCode, string StandardOutput, string StandardError)> AskAsync(params string[] arguments) =>
        CallAsync([.. arguments, "--control", Control]);

    /// <summary>The same as a process of its own, as people run it.</summary>
    public Task<(int ExitCode, string StandardOutput, string StandardError)> AskProcessAsync(params string[] arguments) =>
        ChildProcess.RunAsync(
            Repository.Program("MultiProc"), [.. arguments, "--control", Control], patience: TimeSpan.FromMinutes(2));

    /// <summary>MultiProc itself, called here, where it ends before it supervises anything.</summary>
    public static Task<(int ExitCode, string StandardOutput, string StandardError)> CallAsync(string[] arguments) =>
        ProgramCall.RunAsync(() => CommandLine.RunAsync(arguments), TimeSpan.FromMinutes(2));

    /// <summary>Asks as before, and it must be done.</summary>
    public async Task MustAsync(params string[] arguments)
    {
        var (exitCode, _, error) = await AskAsync(arguments);
        Assert.True(exitCode == 0, $"{error}\n{Supervisor.StandardOutput}{Supervisor.StandardError}");
    }

    /// <summary>GET /status.</summary>
    public async Task<StatusReport> StatusAsync() =>
        await _control.StatusAsync(TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"no status from:\n{Supervisor.StandardOutput}{Supervisor.StandardError}");

    /// <summary>GET /status as JSON, by way of the real command.</summary>
    public async Task<JsonElement> StatusJsonAsync()
    {
        var (exitCode, output, error) = await AskProcessAsync("status", "--json");
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Pids of the workers that run, and of HAProxy last.</summary>
    public async Task<IReadOnlyList<int>> PidsAsync()
    {
        var status = await StatusAsync();
        return [.. status.Workers.Append(status.Haproxy!).Select(process => process.Pid).OfType<int>()];
    }

    /// <summary>GET through HAProxy, or of an absolute address.</summary>
    public Task<string> GetAsync(string path) =>
        _http.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);

    /// <summary>Waits for the status to be so.</summary>
    public async Task<StatusReport> EventuallyAsync(Func<StatusReport, bool> holds, string otherwise, TimeSpan? patience = null)
    {
        StatusReport? last = null;
        await Eventually.HoldsAsync(
            async () => holds(last = await StatusAsync()),
            () => $"{otherwise}: {last}\n{Supervisor.StandardError}",
            patience ?? Patience);
        return last!;
    }

    /// <summary>What must hold once a supervisor has ended, in whatever way: nothing of ours is left.</summary>
    public async Task NothingIsLeftAsync(IEnumerable<int> pids, TimeSpan patience)
    {
        string Left() => string.Join(", ",
            pids.Where(IsAlive).Select(pid => $"process {pid}")
                .Concat(Enumerable.Range(Port, Slots + 2).Where(Listens).Select(port => $"port {port}"))
                .Concat(Directory.EnumerateFiles(_directory.FullPath, "control.sock*"))
                .Concat(OurProcesses())
                .Concat(Groups()));
        await Eventually.HoldsAsync(() => Left().Length == 0, () => $"left: {Left()}", patience);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _control.Dispose();
        // The supervisors only: the janitor is to clean up after them, as it would after any kill -9.
        foreach (var supervisor in _supervisors.Where(IsRunning)) supervisor.Signal("KILL");
        await Eventually.HoldsAsync(
            () => !OurProcesses().Concat(Groups()).Any(), () => string.Join(", ", OurProcesses().Concat(Groups())), Patience);
        foreach (var supervisor in _supervisors) await supervisor.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Control groups of our supervisors; with them, whoever is in them.</summary>
    private IEnumerable<string> Groups() =>
        from controller in new[] { "cpuacct", "cpu", "memory" }.Select(ControlGroupFolder.Find)
            .Append(ControlGroupFolder.FindUnified())
        where controller is not null
        from supervisor in _supervisors
        from folder in Directory.EnumerateDirectories(controller.Folder, $"multiproc-{supervisor.Pid}-*")
        select folder;

    private bool IsRunning(ChildProcess supervisor) =>
        OurProcesses().Any(process => process.StartsWith($"{supervisor.Pid} ", StringComparison.Ordinal));

    /// <summary>One that has ended and that init has not asked after yet is nothing but a number.</summary>
    private static bool IsAlive(int pid) => ProcFile.StateOf(pid) is not (null or 'Z' or 'X');

    /// <summary>Processes, janitors included, whose command line names this test's directory.</summary>
    private IEnumerable<string> OurProcesses()
    {
        foreach (var pid in ProcFile.All().Select(process => process.Pid))
        {
            var line = "";
            try
            {
                line = File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
            }
            catch (IOException)
            {
                // It has just ended.
            }

            var isStarted =
                _supervisors.Exists(supervisor => ProcFile.HasInEnvironment(pid, $"{ProcessMark.Variable}={supervisor.Pid}-w1"));
            if (isStarted || line.Contains(_directory.FullPath, StringComparison.Ordinal)) yield return $"{pid} {line}";
        }
    }

    /// <summary>A port may be busy with connections that linger in TIME_WAIT; that holds up nobody.</summary>
    private static bool Listens(int port)
    {
        var hexPort = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        const string listen = "0A";
        return File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields[1].EndsWith(hexPort, StringComparison.Ordinal) && fields[3] == listen);
    }
}
