using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Blobs.TestSupport;

namespace BlobsServer.Tests;

/// <summary>The real executable on a port and (unless given one) a directory of its own; or a shared one, for one user.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempDirectory? _ownDirectory;
    private readonly bool _isShared;

    private RunningServer(
        ChildProcess process, string dataDirectory, int port, TempDirectory? ownDirectory, string? sharedFor = null)
    {
        (User, _isShared) = (sharedFor ?? "alice", sharedFor is not null);
        Process = process;
        DataDirectory = dataDirectory;
        Port = port;
        _ownDirectory = ownDirectory;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
    }

    public ChildProcess Process { get; }

    public string DataDirectory { get; }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <summary>Whose blobs the test stores; of a shared server nobody else's.</summary>
    public string User { get; }

    /// <summary>For tests that only need a server with these options: others use it too, each for a user of its own.</summary>
    public static async Task<RunningServer> SharedAsync(params string[] options) =>
        (await SharedServers.LeaseAsync(1, options))[0];

    public static Task<RunningServer> StartAsync(params string[] options) => StartAsync(null, options);

    /// <param name="dataDirectory">Null for one of its own.</param>
    /// <param name="options">After DIR and PORT.</param>
    /// <param name="wrapper">A command that runs the server, such as strace.</param>
    public static async Task<RunningServer> StartAsync(string? dataDirectory, string[] options, string[]? wrapper = null)
    {
        var own = dataDirectory is null ? new TempDirectory() : null;
        var directory = dataDirectory ?? own!["blobs"];
        options = await TestStore.OptionsAsync(directory, options);
        // Another test may take the port between our look and the server's bind: then the server says so, and we choose again.
        while (true)
        {
            var port = FreePorts.Take();
            string[] command = [.. wrapper ?? [], Repository.Program("BlobsServer"), directory, $"{port}", .. options];
            var process = ChildProcess.Start(command[0], command[1..]);
            var server = new RunningServer(process, directory, port, own);
            // It says when it listens: asking before that costs an exception each time.
            try
            {
                await Eventually.HoldsAsync(
                    async () => process.HasExited
                        || (process.StandardError.Contains("serving ", StringComparison.Ordinal) && await server.IsReadyAsync()),
                    () => process.StandardError, Patience);
                if (!process.HasExited) return server;
                var status = await process.WaitForExitAsync();
                if (!process.StandardError.Contains("in use", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"BlobsServer ended with status {status}:\n{process.StandardError}");
                }
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    public Task<HttpResponseMessage> PutAsync(string path, byte[] body) => Http.PutAsync(path, new ByteArrayContent(body));

    public Task<HttpResponseMessage> PostAsync(string path, string body) => Http.PostAsync(path, new StringContent(body));

    /// <summary>The files below the data directory (of a shared server: the user's) that are no folder, relative to it.</summary>
    public string[] Files()
    {
        var directory = new DirectoryInfo(_isShared ? Path.Combine(DataDirectory, User) : DataDirectory);
        if (_isShared && !directory.Exists) return [];
        return [.. directory.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(DataDirectory, file.FullName)).Order(StringComparer.Ordinal)];
    }

    /// <summary>On a disk exactly these files are there; with another store nothing is left in the data directory.</summary>
    public void AssertFiles(params string[] files) => Assert.Equal(TestStore.Name == TestStore.Disk ? files : [], Files());

    /// <summary>VmRSS.</summary>
    public long ResidentKiB()
    {
        var line = File.ReadLines($"/proc/{Process.Pid}/status")
            .Single(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    public bool RefusesConnections()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>The same process for another user; it does not end with what this returns.</summary>
    public RunningServer For(string user) => new(Process, DataDirectory, Port, ownDirectory: null, user);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_isShared)
        {
            Assert.False(Process.HasExited, $"a shared server died:\n{Process.StandardError}");
            return;
        }

        await Process.DisposeAsync();
        _ownDirectory?.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
