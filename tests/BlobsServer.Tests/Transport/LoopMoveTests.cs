using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>Connections that change their loops while they are used.</summary>
public sealed class LoopMoveTests : IAsyncDisposable
{
    private const int Loops = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly ConnectionList _connections = new(TimeProvider.System);
    private readonly EpollLoops _loops = new(Loops);
    private readonly EpollListener _listener;

    public LoopMoveTests()
    {
        var socket = BoundSocket.Create(new IPEndPoint(IPAddress.Loopback, 0), sharedPort: null);
        socket.Listen();
        socket.Blocking = false;
        _listener = new(socket, _loops, _connections, TimeProvider.System);
    }

    /// <summary>No byte and no event is lost: a client that never got its echo would wait for ever.</summary>
    [Fact]
    public async Task Spread_WhileEightClientsAsk_EveryAnswerComes()
    {
        const int Clients = 8, Questions = 500;
        using var stop = new CancellationTokenSource();
        var spreading = Task.Run(() => SpreadUntil(stop.Token));
        var serving = ServeAsync();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => AskAsync((byte)client, Questions))).WaitAsync(Patience);
        await stop.CancelAsync();
        Assert.InRange(await spreading, Loops, int.MaxValue);
        await _listener.UnbindAsync();
        await serving.WaitAsync(Patience);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    /// <summary>How often.</summary>
    private int SpreadUntil(CancellationToken stop)
    {
        var times = 0;
        while (!stop.IsCancellationRequested)
        {
            _loops.Spread(1 + (times++ % Loops));
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(1));
        }

        return times;
    }

    /// <summary>Of very different lengths.</summary>
    private async Task AskAsync(byte client, int questions)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.EndPoint);
        await using var stream = new NetworkStream(socket);
        for (var question = 0; question < questions; question++)
        {
            var sent = new byte[question % 50 == 0 ? 300_000 : 1 + question];
            new Random((client * questions) + question).NextBytes(sent);
            var got = new byte[sent.Length];
            var sending = stream.WriteAsync(sent).AsTask();
            await stream.ReadExactlyAsync(got);
            await sending;
            Assert.Equal(sent, got);
        }
    }

    private async Task ServeAsync()
    {
        var echoes = new List<Task>();
        while (await _listener.AcceptAsync() is { } connection) echoes.Add(EchoAsync(connection));
        await Task.WhenAll(echoes);
    }

    private static async Task EchoAsync(ConnectionContext connection)
    {
        await using var _ = connection;
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (await input.ReadAsync() is { IsCompleted: false } read)
        {
            foreach (var piece in read.Buffer) output.Write(piece.Span);
            input.AdvanceTo(read.Buffer.End);
            await output.FlushAsync();
        }
    }
}
