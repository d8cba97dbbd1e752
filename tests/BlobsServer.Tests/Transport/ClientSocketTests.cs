using System.Net;
using System.Net.Sockets;
using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>Connections that this process makes, against a peer that is a plain socket.</summary>
public sealed class ClientSocketTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EpollLoops _loops = new(1);
    private readonly Socket _listener = BoundSocket.Create(new IPEndPoint(IPAddress.Loopback, 0), sharedPort: null);

    public ClientSocketTests() => _listener.Listen();

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The end can come in one event with the last bytes; there is no second one to tell of it.</summary>
    [Fact]
    public async Task ReceiveAsync_BytesAndEndAtOnce_GivesBoth()
    {
        for (var round = 0; round < 100; round++)
        {
            using var client = await ConnectAsync();
            var received = client.ReceiveAsync(new byte[100]).AsTask();
            using (var peer = await _listener.AcceptAsync())
            {
                await peer.SendAsync("bytes"u8.ToArray());
            }

            Assert.Equal("bytes".Length, await received.WaitAsync(Patience));
            Assert.Equal(0, await client.ReceiveAsync(new byte[100]).AsTask().WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task ReceiveAsync_MoreThanThereIsRoomFor_GivesTheRestNext()
    {
        using var client = await ConnectAsync();
        using var peer = await _listener.AcceptAsync();
        await peer.SendAsync(new byte[25]);

        var counts = new List<int>();
        while (counts.Sum() < 25) counts.Add(await client.ReceiveAsync(new byte[10]).AsTask().WaitAsync(Patience));
        Assert.All(counts, count => Assert.InRange(count, 1, 10));
    }

    /// <summary>A store's reply is answered by the thread that saw it: no other one is woken.</summary>
    [Fact]
    public async Task ReceiveAsync_ThatHadToWait_GoesOnOnTheLoop()
    {
        using var client = await ConnectAsync();
        using var peer = await _listener.AcceptAsync();
        var wentOnIn = ReceiveAndTellThreadAsync(client);
        await peer.SendAsync(new byte[1]);

        Assert.Equal("epoll 0", await wentOnIn.WaitAsync(Patience));
    }

    [Fact]
    public async Task SendAsync_MoreThanTheKernelTakes_EndsWhenThePeerHasReadIt()
    {
        const int Bytes = 32 * 1024 * 1024;
        using var client = await ConnectAsync();
        using var peer = await _listener.AcceptAsync();
        var sent = client.SendAsync(new byte[Bytes]).AsTask();
        Assert.False(sent.IsCompleted);

        var room = new byte[1024 * 1024];
        for (var count = 0; count < Bytes;) count += await peer.ReceiveAsync(room).WaitAsync(Patience);
        await sent.WaitAsync(Patience);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_IsRefused()
    {
        var port = Port;
        _listener.Dispose();
        var failure = await Assert.ThrowsAsync<SocketException>(
            () => ClientSocket.ConnectAsync("127.0.0.1", port, _loops, default).WaitAsync(Patience));
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    /// <summary>A host whose first address has nobody listening, as localhost is for a store on IPv4 alone.</summary>
    [Fact]
    public async Task ConnectAsync_HostOfSeveralAddresses_TriesTheNext()
    {
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        using var client = await ClientSocket.ConnectAsync(addresses, Port, _loops, default).WaitAsync(Patience);
        using var peer = await _listener.AcceptAsync();
    }

    [Fact]
    public async Task UseAsync_Cancelled_SaysSoAndIsClosed()
    {
        using var client = await ConnectAsync();
        using var peer = await _listener.AcceptAsync();
        using var cancellation = new CancellationTokenSource();
        var used = client.UseAsync(async () => await client.ReceiveAsync(new byte[1]), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => used.WaitAsync(Patience));
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WaitAsync(Patience));
    }

    [Fact]
    public async Task Dispose_WhileBothWait_FailsBoth()
    {
        var client = await ConnectAsync();
        using var peer = await _listener.AcceptAsync();
        var received = client.ReceiveAsync(new byte[1]).AsTask();
        var sent = client.SendAsync(new byte[32 * 1024 * 1024]).AsTask();
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => received.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sent.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ReceiveAsync(new byte[1]).AsTask());
    }

    public void Dispose() => _listener.Dispose();

    private Task<ClientSocket> ConnectAsync() => ClientSocket.ConnectAsync("127.0.0.1", Port, _loops, default).WaitAsync(Patience);

    private static async Task<string?> ReceiveAndTellThreadAsync(ClientSocket client)
    {
        await client.ReceiveAsync(new byte[1]).ConfigureAwait(false);
        return Thread.CurrentThread.Name;
    }
}
