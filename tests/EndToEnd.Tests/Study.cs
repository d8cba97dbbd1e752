using System.Globalization;
using Blobs.TestSupport;

namespace EndToEnd.Tests;

/// <summary>
/// One ./run-test.sh on ports and directories of its own, so that neither a study nor a debugging server is disturbed.
/// </summary>
internal sealed class Study : IDisposable
{
    private readonly TempDirectory _temp = new();

    public Study()
    {
        Port = FreePorts.Take(10);
        Environment = new Dictionary<string, string?>
        {
            ["PROCS"] = "1 2",
            ["SCENARIOS"] = "200x10",
            ["RUNS"] = "2",
            // Windows of a quarter of a second, and no block beyond RUNS.
            ["BUDGET"] = "1s",
            ["WARMUP"] = "300ms",
            ["CEILING"] = "200ms",
            // Beside other tests a machine is never quiet.
            ["QUIET"] = "0",
            ["OUT"] = Out,
            ["BLOBS_DIR"] = BlobsDirectory,
            ["PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["FIRST_PORT"] = (Port + 1).ToString(CultureInfo.InvariantCulture),
            ["STORE_PORT"] = (Port + 9).ToString(CultureInfo.InvariantCulture),
            ["TMPDIR"] = _temp.FullPath,
        };
    }

    /// <summary>The proxy's port; the workers have those that follow.</summary>
    public int Port { get; }

    public Dictionary<string, string?> Environment { get; }

    public string Out => _temp["out"];

    public string BlobsDirectory => _temp["blobs"];

    public static string Script => Repository.PathOf("run-test.sh");

    /// <summary>
    /// Starts the script as the leader of a process group of its own, as a terminal does, so that a test can press Ctrl-C.
    /// </summary>
    public ChildProcess Start(params string[] arguments) =>
        ChildProcess.Start("setsid", ["--wait", Script, .. arguments], Environment);

    /// <summary>Runs the script to its end, which must come with status 0, and gives what it said on standard error.</summary>
    public Task<string> SucceedsAsync() => EndsAsync(0);

    /// <summary>The same with another status.</summary>
    public async Task<string> EndsAsync(int status)
    {
        await using var script = Start();
        return await EndsAsync(script, status);
    }

    /// <summary>The same of a script that was started. When the status is another, what it said last is told first.</summary>
    public static async Task<string> EndsAsync(ChildProcess script, int status, TimeSpan? patience = null)
    {
        var was = await script.WaitForExitAsync(patience ?? TimeSpan.FromMinutes(3));
        var said = script.StandardError;
        Assert.True(
            was == status,
            $"status {was} where {status} was due, and last it said:\n"
                + string.Join('\n', said.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(4))
                + $"\nAll of it:\n{script.StandardOutput}{said}");
        return said;
    }

    /// <summary>Presses Ctrl-C in the terminal of a started script.</summary>
    public static void PressCtrlC(ChildProcess script)
    {
        using var kill = System.Diagnostics.Process.Start("kill", ["-INT", "--", $"-{script.Pid}"]);
        kill.WaitForExit();
    }

    /// <summary>Everything of this study that is still there: processes, ports, sockets. Empty is right.</summary>
    public IReadOnlyList<string> Leftovers() =>
    [
        .. Processes().Select(process => $"process {process}"),
        .. Enumerable.Range(Port, 10).Where(port => !FreePorts.IsFree(port)).Select(port => $"port {port}"),
        .. Directory.EnumerateFileSystemEntries(_temp.FullPath).Where(IsOfTheStudy).Select(path => $"file {path}"),
    ];

    /// <summary>Ends what a study that was killed left running: nobody could clean up after it.</summary>
    public void EndLeftProcesses()
    {
        foreach (var pid in Processes().Select(process => int.Parse(process.Split(' ')[0], CultureInfo.InvariantCulture)))
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", pid.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        Eventually.HoldsAsync(() => !Processes().Any(), () => string.Join('\n', Processes()), TimeSpan.FromSeconds(30))
            .GetAwaiter().GetResult();
    }

    public void Dispose() => _temp.Dispose();

    // The blobs and the scratch directory with the sockets, which mktemp(1) names; dotnet keeps files of its own in TMPDIR.
    private bool IsOfTheStudy(string path) =>
        path == BlobsDirectory || Path.GetFileName(path).StartsWith("tmp.", StringComparison.Ordinal);

    // Every process of the study has its temporary directory in its arguments or its environment.
    private IEnumerable<string> Processes() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), out _)
        let commandLine = Read(Path.Combine(folder, "cmdline"))
        where (commandLine + Read(Path.Combine(folder, "environ"))).Contains(_temp.FullPath, StringComparison.Ordinal)
        select $"{Path.GetFileName(folder)} {commandLine.Replace('\0', ' ')}";

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
