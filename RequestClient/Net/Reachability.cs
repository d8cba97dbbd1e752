using System.Net.Sockets;

namespace RequestClient.Net;

/// <summary>Finds out before a run whether anybody listens, so that nobody waits for 20000 refusals.</summary>
internal static class Reachability
{
    /// <summary>How long a connection, or the rehearsal, may take: --timeout bounds operations that are measured.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="RunFailedException">Nobody does.</exception>
    public static async Task<Target> FindAsync(Uri url, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            var target = await Target.ResolveAsync(url, deadline.Token);
            using var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(target.EndPoint, deadline.Token);
            return target;
        }
        catch (SocketException failure)
        {
            var remedy = failure.SocketErrorCode == SocketError.TooManyOpenSockets
                ? DescriptorLimit.Remedy(0)
                : "start a server there or name another one with --url";
            throw new RunFailedException($"nothing answers at {url.Authority} ({failure.Message}): {remedy}", failure);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new RunFailedException($"nothing answers at {url.Authority} within {Patience.TotalSeconds} s: is --url right?");
        }
    }
}
