using System.Diagnostics;

namespace Blobs.TestSupport;

/// <summary>
/// A real store by its script in stores/, on a port and in a directory of its own. One that can't start fails the test.
/// </summary>
public sealed class RunningStore : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90); // Ceph makes its pools one by one

    private readonly TempDirectory _directory = new();
    private readonly string _name;
    private readonly string? _schema;
    private readonly string _durability;
    private ChildProcess? _script;

    private RunningStore(string name, string? schema, string durability) =>
        (_name, _schema, _durability) = (name, schema, durability);

    /// <summary>What the script printed.</summary>
    public string Url { get; private set; } = "";

    public int Port { get; private set; }

    /// <summary>The script.</summary>
    public ChildProcess Script => _script ?? throw new InvalidOperationException("the store is not running");

    /// <summary>
    /// The server itself, below its script; of several the one that was started last, which is the one that clients speak to.
    /// </summary>
    public string ServerPid => Children($"{Script.Pid}")[^1];

    /// <param name="name">redis, postgresql, tarantool or radosgw.</param>
    /// <param name="schema">A file for the script, or null.</param>
    /// <param name="durability">none or always.</param>
    public static async Task<RunningStore> StartAsync(string name, string? schema = null, string durability = "none")
    {
        var store = new RunningStore(name, schema, durability);
        try
        {
            // Another test may take the port between our look and the store's bind: then the store says so, and we choose again.
            for (var tries = 1; ; tries++)
            {
                store.Port = FreePorts.Take();
                try
                {
                    await store.StartAgainAsync();
                    return store;
                }
                catch (InvalidOperationException failure)
                    when (tries < 10 && failure.Message.Contains("in use", StringComparison.OrdinalIgnoreCase))
                {
                    // the next port
                }
            }
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the same port and directory as before, with what is stored there.</summary>
    public async Task StartAgainAsync()
    {
        string[] arguments = [_directory[_name], $"{Port}", .. _schema is null ? [] : new[] { _schema }];
        _script = ChildProcess.Start(
            Repository.PathOf("stores", _name), arguments, new Dictionary<string, string?> { ["DURABILITY"] = _durability });
        await Eventually.HoldsAsync(
            () => _script.HasExited || _script.StandardOutput.Contains('\n'), () => $"stores/{_name} printed no URL", Patience);
        if (!_script.StandardOutput.Contains('\n'))
        {
            await _script.WaitForExitAsync();
            throw new InvalidOperationException(_script.StandardError);
        }

        Url = _script.StandardOutput.Split('\n')[0];
    }

    /// <summary>Sends the server itself a signal, for instance STOP.</summary>
    public void SignalServer(string signal) => Signal(signal, [ServerPid]);

    /// <summary>The same to all of its processes.</summary>
    public void SignalServerTree(string signal) => Signal(signal, TreeOf(ServerPid));

    /// <summary>kill -9 of the server; returns when its script has noticed.</summary>
    /// <returns>The script's exit status.</returns>
    public async Task<int> KillServerAsync()
    {
        SignalServer("KILL");
        return await Script.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is { HasExited: false })
        {
            _script.Signal("CONT");
            _script.Signal("TERM");
            await _script.WaitForExitAsync();
        }

        if (_script is not null) await _script.DisposeAsync();
        _directory.Dispose();
    }

    private static void Signal(string signal, IEnumerable<string> pids)
    {
        using var kill = Process.Start("kill", [$"-{signal}", .. pids]);
        kill.WaitForExit();
    }

    private static IEnumerable<string> TreeOf(string pid) => Children(pid).SelectMany(TreeOf).Prepend(pid);

    private static string[] Children(string pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
