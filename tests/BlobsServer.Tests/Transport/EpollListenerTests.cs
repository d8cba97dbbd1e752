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
        socket.Listen();
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
