using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Stores;

/// <summary>
/// The way between a server and its store, on a port of its own: it passes everything on, until it is told to lose an answer.
/// Then the store has done what it was asked, and the connection breaks when half of its answer is through.
/// </summary>
internal sealed class LossyWay : IDisposable
{
    private readonly int _storePort;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private Socket _listener;
    private byte[]? _wanted;
    private bool _refusesThen;
    private int _lost;

    public LossyWay(int storePort)
    {
        (_storePort, Port) = (storePort, FreePorts.Take());
        _listener = Listen();
    }

    public int Port { get; }

    /// <summary>How many answers were lost.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>The next answer to a request that has these bytes near its end, and with it the connection.</summary>
    /// <param name="marked">At most a hundred.</param>
    /// <param name="refuseThen">From then on no connection is accepted.</param>
    public void LoseAnswerTo(byte[] marked, bool refuseThen = false)
    {
        _refusesThen = refuseThen;
        Volatile.Write(ref _wanted, marked);
    }

    public void AcceptAgain() => _listener = Listen();

    /// <summary>How many connections are open.</summary>
    public int Open => _open.Count;

    /// <summary>All that are open, whoever uses them.</summary>
    public void BreakAll()
    {
        foreach (var connection in _open.Keys) connection.Dispose();
    }

    public void Dispose() => _listener.Dispose();

    private Socket Listen()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true) _ = PassOnAsync(await listener.AcceptAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // disposed of
        }
    }

    private async Task PassOnAsync(Socket server)
    {
        using var store = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (server)
        {
            try
            {
                _open[server] = true;
                await store.ConnectAsync(IPAddress.Loopback, _storePort);
                var isWanted = new bool[1];
                await await Task.WhenAny(RequestsAsync(server, store, isWanted), AnswersAsync(store, server, isWanted));
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // either side has gone: the other is closed too
            }
            finally
            {
                _open.TryRemove(server, out _);
            }
        }
    }

    private async Task RequestsAsync(Socket server, Socket store, bool[] isWanted)
    {
        var (buffer, kept) = (new byte[128 * 1024], 0);
        while (await server.ReceiveAsync(buffer.AsMemory(kept)) is var count and > 0)
        {
            var seen = buffer.AsMemory(0, kept + count);
            if (Volatile.Read(ref _wanted) is { } wanted && seen.Span.IndexOf(wanted) >= 0) Volatile.Write(ref isWanted[0], true);
            await store.SendAsync(seen[kept..]);
            kept = Math.Min(seen.Length, 100); // the bytes may come in two pieces
            seen[^kept..].CopyTo(buffer);
        }
    }

    private async Task AnswersAsync(Socket store, Socket server, bool[] isWanted)
    {
        var buffer = new byte[128 * 1024];
        while (await store.ReceiveAsync(buffer) is var count and > 0)
        {
            var isAnswer = !buffer.AsSpan(0, count).StartsWith("HTTP/1.1 100"u8);
            if (isAnswer && Volatile.Read(ref isWanted[0]) && Interlocked.Exchange(ref _wanted, null) is not null)
            {
                if (_refusesThen) _listener.Dispose();
                Interlocked.Increment(ref _lost);
                await server.SendAsync(buffer.AsMemory(0, count / 2));
                return;
            }

            await server.SendAsync(buffer.AsMemory(0, count));
        }
    }
}
