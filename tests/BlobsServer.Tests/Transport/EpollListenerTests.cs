using System.Net;
using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
using Microsoft.AspNetCore.Connections;
using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>Whom Kestrel gets to know, seen from where it stands.</summary>
public sealed class EpollListenerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConnectionList _connections = new(TimeProvider.System);
    private readonly EpollListener _listener;

    public EpollListenerTests()
    {
        var socket = BoundSocket.Create(new IPEndPoint(IPAddress.Loopback, 0), sharedPort: null);
        socket.Listen(1000);
        socket.Blocking = false;
        _listener = new(socket, new EpollLoops(), _connections, TimeProvider.System);
    }

    /// <summary>A connection costs what Kestrel has for it once it says something, and next to nothing before.</summary>
    [Fact]
    public async Task AcceptAsync_OneThatSaysNothingBeforeOneThatAsks_GivesTheSecond()
    {
        using var silent = await ConnectAsync();
        using var asking = await ConnectAsync();
        await asking.SendAsync("second"u8.ToArray());
        Assert.Equal("second", await ReadAsync(await AcceptAsync()));

        await silent.SendAsync("first"u8.ToArray());
        Assert.Equal("first", await ReadAsync(await AcceptAsync()));
    }

    /// <summary>Else the kernel keeps back an answer's end until its beginning is acknowledged: 40 ms.</summary>
    [Fact]
    public async Task AcceptAsync_Anybody_SendsWithoutDelay()
    {
        using var asking = await ConnectAsync();
        await asking.SendAsync("?"u8.ToArray());
        var connection = Assert.IsType<EpollConnection>(await AcceptAsync());

        using var socket = new Socket(new SafeSocketHandle(connection.Descriptor, ownsHandle: false));
        Assert.True(socket.NoDelay);
    }

    /// <summary>One event admits a few at once; who comes behind them is announced again.</summary>
    [Fact]
    public async Task AcceptAsync_ManyAtOnce_GivesEachOnce()
    {
        var crowd = new List<Socket>();
        for (var number = 0; number < 100; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            crowd.Add(socket);
            socket.Connect(_listener.EndPoint);
            socket.Send(Encoding.ASCII.GetBytes($"{number}"));
        }

        var said = new List<string>();
        while (said.Count < 100) said.Add(await ReadAsync(await AcceptAsync()));
        Assert.Equal(Enumerable.Range(0, 100), said.Select(int.Parse).Order());
        crowd.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task AcceptAsync_OneThatLeavesWithoutAWord_GivesItToItsEnd()
    {
        using (await ConnectAsync())
        {
        }

        var read = await (await AcceptAsync()).Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.True(read.IsCompleted);
    }

    /// <summary>Kestrel ends all that it knows; what it doesn't know would stay open for as long as the process.</summary>
    [Fact]
    public async Task UnbindAsync_OneThatHasSaidNothing_GivesItToKestrel()
    {
        using var silent = await ConnectAsync();
        await _listener.UnbindAsync();

        await silent.SendAsync("late"u8.ToArray());
        Assert.Equal("late", await ReadAsync(await AcceptAsync()));
        Assert.Null(await _listener.AcceptAsync().AsTask().WaitAsync(Patience));
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    /// <summary>It has come in when this returns.</summary>
    private async Task<Socket> ConnectAsync()
    {
        var already = _connections.Count;
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_listener.EndPoint);
        await Eventually.HoldsAsync(() => _connections.Count > already, () => "it did not come in", Patience);
        return client;
    }

    private async Task<ConnectionContext> AcceptAsync() => (await _listener.AcceptAsync().AsTask().WaitAsync(Patience))!;

    private static async Task<string> ReadAsync(ConnectionContext connection)
    {
        var read = await connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        var text = Encoding.ASCII.GetString(read.Buffer.FirstSpan);
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        return text;
    }
}
