using System.Net;
using System.Net.Sockets;
using BlobsServer.Endpoints;
using BlobsServer.Observation;
using BlobsServer.Options;
using BlobsServer.Security;
using BlobsServer.Storage;
using Microsoft.AspNetCore.Connections;
using Transport;

namespace BlobsServer.Hosting;

/// <summary>One run of the server, from opening the directory to the last request under way.</summary>
internal static class Server
{
    private const int Failed = 1;

    // Who reads the log may have stopped reading; nobody waits for him for ever.
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(5);

    /// <summary>Serves until a signal says stop; the exit status.</summary>
    public static async Task<int> RunAsync(ServerOptions options)
    {
        var (store, problem) = await StoreStart.OpenAsync(options, CancellationToken.None);
        if (store is null) return Fail(problem!);
        Access access;

        try
        {
            access = new Access(options.TokensFile is null ? null : new TokenFile(options.TokensFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            var why = failure.Message.TrimEnd('.');
            return Fail($"cannot use the tokens in {options.TokensFile}: {why}; write lines of user:token");
        }

        return await ListenAsync(options, store, access);
    }

    private static async Task<int> ListenAsync(ServerOptions options, IBlobStore store, Access access)
    {
        using var stop = new StopSignal();
        var metrics = new Metrics();
        var isLogging = options.Log != LogFormat.None;
        var log = isLogging ? new AccessLog(options.Log, TimeProvider.System, Console.OpenStandardOutput()) : null;
        var router = new Router(
            store, access, new Readiness(stop.WaitAsync(), store, TimeProvider.System), metrics, options.IsAppendOnly);
        using var kestrel = KestrelListener.Create(options);
        try
        {
            using var locked = options.UnixSocket is null ? null : UnixSocketPath.Lock(options.UnixSocket);
            if (options.UnixSocket is { } path && UnixSocketPath.WhyNotFree(path) is { } reason) return Fail(reason);
            await kestrel.StartAsync(new BlobsApplication(router, metrics, log, TimeProvider.System), CancellationToken.None);
            if (options.UnixSocket is not null) UnixSocketPath.OpenToGroup(options.UnixSocket);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            return Fail($"port {PortsOf(options)} on {options.Host} is in use; stop what listens there or choose another PORT");
        }
        catch (SocketException failure)
        {
            var also = options.UnixSocket is null ? "" : $" and {options.UnixSocket}";
            return Fail(
                $"cannot listen on {options.Host} port {options.Port}{also}: {failure.Message}; choose another --host or PORT");
        }

        var logging = log?.RunAsync() ?? Task.CompletedTask;
        await Console.Error.WriteLineAsync(
            $"serving {options.Address?.ToString() ?? options.DataDirectory} on http://{new IPEndPoint(options.Host, options.Port)}");
        var exitStatus = await stop.WaitAsync();
        using var deadline = new CancellationTokenSource(KestrelListener.DrainTime);
        await kestrel.StopAsync(deadline.Token);
        log?.Finish();
        await Task.WhenAny(logging, Task.Delay(LogPatience));
        return exitStatus;
    }

    private static string PortsOf(ServerOptions options) =>
        options.SharedPort is { } shared ? $"{options.Port} or {shared}" : $"{options.Port}";

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"BlobsServer: {message}");
        return Failed;
    }
}
