using System.Net.Sockets;
using BlobsServer.Endpoints;
using BlobsServer.Options;
using BlobsServer.Storage;
using Microsoft.AspNetCore.Connections;

namespace BlobsServer.Hosting;

/// <summary>One run of the server, from opening the directory to the last request under way.</summary>
internal static class Server
{
    private const int Failed = 1;

    /// <summary>Serves until a signal says stop; the exit status.</summary>
    public static async Task<int> RunAsync(ServerOptions options)
    {
        BlobStore store;
        try
        {
            store = BlobStore.Open(options);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Fail($"cannot write to {options.DataDirectory}: {failure.Message}; choose another DIR or change its owner");
        }

        using var stop = new StopSignal();
        var readiness = new Readiness(stop);
        using var kestrel = KestrelListener.Create(options);
        try
        {
            await kestrel.StartAsync(new BlobsApplication(new Router(store, readiness)), CancellationToken.None);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            return Fail($"port {options.Port} on {options.Host} is in use; stop what listens there or choose another PORT");
        }
        catch (SocketException failure)
        {
            return Fail($"cannot listen on {options.Host} port {options.Port}: {failure.Message}; choose another --host or PORT");
        }

        await Console.Error.WriteLineAsync($"serving {options.DataDirectory} on http://{options.Host}:{options.Port}");
        var exitStatus = await stop.WaitAsync();
        using var deadline = new CancellationTokenSource(KestrelListener.DrainTime);
        await kestrel.StopAsync(deadline.Token);
        return exitStatus;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"BlobsServer: {message}");
        return Failed;
    }
}
