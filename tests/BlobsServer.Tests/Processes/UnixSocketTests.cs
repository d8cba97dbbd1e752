using System.Net;
using System.Net.Sockets;
using Blobs.TestSupport;
using Transport;

namespace BlobsServer.Tests.Processes;

/// <summary>--unix PATH, and what may lie at that path already.</summary>
[Trait("Store", "any")]
public sealed class UnixSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task It_is_served_too_and_a_stale_one_is_replaced()
    {
        using var directory = new TempDirectory();
        var path = directory["socket"];
        await using (var first = await RunningServer.StartAsync("--unix", path))
        {
            Assert.Equal(HttpStatusCode.OK, await GetOverAsync(path));
            await RefusesAsync(
                path, 1, $"BlobsServer: the unix socket {path} is in use; stop what listens there or choose another --unix");
            Assert.Equal(HttpStatusCode.OK, await GetOverAsync(path));
            first.Process.Signal("KILL");
            await first.Process.WaitForExitAsync();
        }

        Assert.True(File.Exists(path));
        await using var second = await RunningServer.StartAsync("--unix", path);
        Assert.Equal(HttpStatusCode.OK, await GetOverAsync(path));
        second.Process.Signal("TERM");
        await second.Process.WaitForExitAsync();
        Assert.False(File.Exists(path));
    }

    /// <summary>
    /// Several start at once where a killed server left its socket: one serves it, all others say that it is in use, and
    /// none removes what another has bound meanwhile.
    /// </summary>
    [Fact]
    public async Task Of_those_who_start_on_a_stale_one_exactly_one_gets_it()
    {
        const int Starts = 4;
        using var directory = new TempDirectory();
        var path = directory["socket"];
        MakeStale(directory, path);
        var servers = Enumerable.Range(0, Starts).Select(index => Start(directory[$"blobs-{index}"], path)).ToArray();
        try
        {
            await Eventually.HoldsAsync(
                () => servers.Count(server => server.HasExited) == Starts - 1,
                () => $"{servers.Count(server => server.HasExited)} of {Starts} gave up", Patience);
            var winner = Assert.Single(servers, server => !server.HasExited);
            await ServesAsync(winner, path);
            Assert.All(
                servers.Where(server => server != winner),
                server => Assert.Contains("in use", server.StandardError, StringComparison.Ordinal));
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    /// <summary>Or the later of two who find a stale one could remove what the earlier has just bound.</summary>
    [Fact]
    public async Task While_somebody_else_looks_at_the_folder_nobody_binds()
    {
        using var directory = new TempDirectory();
        var path = directory["socket"];
        MakeStale(directory, path);
        var looking = UnixSocketPath.Lock(path)!;
        await using var server = Start(directory["blobs"], path);
        await Eventually.HoldsAsync(
            () => File.ReadLines("/proc/locks").Any(
                line => line.Contains("-> FLOCK", StringComparison.Ordinal)
                    && line.Contains($" {server.Pid} ", StringComparison.Ordinal)),
            () => $"the server waits for nobody: {server.StandardError}", Patience);
        looking.Dispose();
        await ServesAsync(server, path);
    }

    [Fact]
    public async Task Owner_and_group_may_connect()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.StartAsync("--unix", directory["socket"]);
        await Eventually.HoldsAsync(
            () => (int)File.GetUnixFileMode(directory["socket"]) == 0b110_110_000,
            () => $"{File.GetUnixFileMode(directory["socket"])}", Patience);
    }

    [Fact]
    public async Task A_server_whose_queue_is_full_keeps_its_socket()
    {
        using var directory = new TempDirectory();
        var path = directory["socket"];
        using var busy = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        busy.Bind(new UnixDomainSocketEndPoint(path));
        busy.Listen(0);
        using var waiting = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await waiting.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await RefusesAsync(
            path, 1, $"BlobsServer: the unix socket {path} is in use; stop what listens there or choose another --unix");
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task What_is_no_socket_stays_and_ends_the_start()
    {
        using var directory = new TempDirectory();
        var (file, orphan) = (directory["file"], directory["none/socket"]);
        await File.WriteAllTextAsync(file, "kept");
        await RefusesAsync(file, 1, $"BlobsServer: cannot listen on {file}: it is there and no socket; choose another --unix");
        Assert.Equal("kept", await File.ReadAllTextAsync(file));
        await RefusesAsync(
            orphan, 1,
            $"BlobsServer: cannot listen on {orphan}: there is no folder {directory["none"]}; make it or choose another --unix");
    }

    [Fact]
    public async Task The_longest_path_is_served_and_one_letter_more_is_bad_usage()
    {
        using var directory = new TempDirectory();
        var longest = directory["x"].PadRight(107, 'x');
        await using var server = await RunningServer.StartAsync("--unix", longest);
        Assert.Equal(HttpStatusCode.OK, await GetOverAsync(longest));
        await RefusesAsync(
            longest + "x", 2,
            $"BlobsServer: --unix is '{longest}x', which has 108 bytes: a socket's path may have 107; choose a shorter one.",
            "BlobsServer: see BlobsServer --help");
    }

    private static ChildProcess Start(string blobs, string path) =>
        ChildProcess.Start(Repository.Program("BlobsServer"), [blobs, $"{FreePorts.Take()}", "--unix", path]);

    private static async Task ServesAsync(ChildProcess server, string path)
    {
        await Eventually.HoldsAsync(
            () => server.StandardError.Contains("serving", StringComparison.Ordinal), () => server.StandardError, Patience);
        Assert.Equal(HttpStatusCode.OK, await GetOverAsync(path));
    }

    /// <summary>What a killed server leaves behind.</summary>
    private static void MakeStale(TempDirectory directory, string path)
    {
        using var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        stale.Bind(new UnixDomainSocketEndPoint(directory["stale"]));
        File.Move(directory["stale"], path); // closing it removes only what has its first name
    }

    private static async Task RefusesAsync(string path, int wantedStatus, params string[] lines)
    {
        using var directory = new TempDirectory();
        var (status, _, error) = await ChildProcess.RunAsync(
            Repository.Program("BlobsServer"), [directory["blobs"], $"{FreePorts.Take()}", "--unix", path]);
        Assert.Equal(wantedStatus, status);
        Assert.Equal(string.Concat(lines.Select(line => line + "\n")), error);
    }

    private static async Task<HttpStatusCode> GetOverAsync(string socketPath)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var http = new HttpClient(handler) { Timeout = Patience };
        using var answer = await http.GetAsync("http://localhost/health/ready");
        return answer.StatusCode;
    }
}
