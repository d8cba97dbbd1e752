using System.Globalization;
using System.Text.Json;
using Blobs.TestSupport;

namespace MultiProc.Tests;

/// <summary>A supervisor under test: the real program on ports and in a directory of its own.</summary>
internal sealed class Running : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    public static readonly string Python = "/usr/bin/python3";
    public static readonly string WorkerScript = Repository.PathOf("tests", "MultiProc.Tests", "worker.py");

    private readonly TempDirectory _directory = new();
    private readonly HttpClient _http;
    private readonly List<ChildProcess> _supervisors = [];

    public Running(int slots = 8)
    {
        Port = FreePorts.Take(slots + 1);
        Slots = slots;
        Control = _directory["control.sock"];
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>HAProxy's; the workers' follow.</summary>
    public int Port { get; }

    public int FirstPort => Port + 1;

    public int Slots { get; }

    public string Control { get; }

    public string DataDirectory => _directory["data"];

    public ChildProcess Supervisor => _supervisors[^1];

    public string this[string file] => _directory[file];

    /// <summary>The arguments of a supervisor of python workers behind the study's HAProxy.</summary>
    public string[] Arguments(
        int procs, IEnumerable<string>? options = null, IEnumerable<string>? command = null, string? haproxy = null) =>
    [
        "--procs", procs.ToString(CultureInfo.InvariantCulture),
        "--dir", DataDirectory,
        "--first-port", FirstPort.ToString(CultureInfo.InvariantCulture),
        "--port", Port.ToString(CultureInfo.InvariantCulture),
        "--haproxy", haproxy ?? Repository.PathOf("haproxy", "study.cfg"),
        "--control", Control,
        .. options ?? [],
        "--", .. command ?? [Python, WorkerScript, "{dir}", "{port}"],
    ];

    public ChildProcess Start(params string[] arguments)
    {
        _supervisors.Add(ChildProcess.Start(Repository.Program("MultiProc"), arguments));
        return Supervisor;
    }

    /// <summary>Starts and waits until all is ready, as a script does.</summary>
    public async Task<ChildProcess> StartReadyAsync(int procs, IEnumerable<string>? options = null, IEnumerable<string>? command = null)
    {
        var supervisor = Start(Arguments(procs, options, command));
        var wait = await AskAsync("status", "--wait-ready", "20");
        Assert.True(wait.ExitCode == 0, $"{wait.StandardError}\n{supervisor.StandardOutput}{supervisor.StandardError}");
        return supervisor;
    }

    /// <summary>Runs another MultiProc on the same control socket.</summary>
    public Task<(int ExitCode, string StandardOutput, string StandardError)> AskAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("MultiProc"), [.. arguments, "--control", Control], patience: Patience);

    /// <summary>GET /status, by way of the command.</summary>
    public async Task<JsonElement> StatusAsync()
    {
        var (exitCode, output, error) = await AskAsync("status", "--json");
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Pids of the workers that run, and of HAProxy last.</summary>
    public async Task<IReadOnlyList<int>> PidsAsync()
    {
        var status = await StatusAsync();
        return [.. status.GetProperty("workers").EnumerateArray().Append(status.GetProperty("haproxy"))
            .Select(process => process.GetProperty("pid")).Where(pid => pid.ValueKind == JsonValueKind.Number).Select(pid => pid.GetInt32())];
    }

    /// <summary>GET through HAProxy, or of an absolute address.</summary>
    public Task<string> GetAsync(string path) =>
        _http.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);

    /// <summary>Waits for the status to be so.</summary>
    public async Task EventuallyAsync(Func<JsonElement, bool> holds, string otherwise)
    {
        var last = default(JsonElement);
        await Eventually.HoldsAsync(async () => holds(last = await StatusAsync()), () => $"{otherwise}: {last}\n{Supervisor.StandardError}", Patience);
    }

    /// <summary>What must hold once a supervisor has ended, in whatever way: nothing of ours is left.</summary>
    public async Task NothingIsLeftAsync(IEnumerable<int> pids, TimeSpan patience)
    {
        string Left() => string.Join(", ",
            pids.Where(pid => Directory.Exists($"/proc/{pid}")).Select(pid => $"process {pid}")
                .Concat(Enumerable.Range(Port, Slots + 1).Where(port => !FreePorts.IsFree(port) && Listens(port)).Select(port => $"port {port}"))
                .Concat(Directory.EnumerateFiles(_directory.FullPath, "control.sock*"))
                .Concat(OurProcesses()));
        await Eventually.HoldsAsync(() => Left().Length == 0, () => $"left: {Left()}", patience);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var supervisor in _supervisors) await supervisor.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Processes, janitors included, whose command line names this test's directory.</summary>
    private IEnumerable<string> OurProcesses()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            var line = "";
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
            }
            catch (IOException)
            {
                // It has just ended.
            }

            if (line.Contains(_directory.FullPath, StringComparison.Ordinal)) yield return $"{Path.GetFileName(folder)} {line}";
        }
    }

    /// <summary>A port may be busy with connections that linger in TIME_WAIT; that holds up nobody.</summary>
    private static bool Listens(int port)
    {
        var hexPort = port.ToString("X4", CultureInfo.InvariantCulture);
        const string listen = "0A";
        return File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields[1].EndsWith(":" + hexPort, StringComparison.Ordinal) && fields[3] == listen);
    }
}
