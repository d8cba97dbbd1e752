using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>Who counts as silent when there is no room, seen from where Kestrel stands.</summary>
public sealed class ConnectionListTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Clock _clock = new();
    private readonly ConnectionList _connections;
    private readonly EpollListener _listener;

    public ConnectionListTests()
    {
        _connections = new(_clock);
        var socket = BoundSocket.Create(new IPEndPoint(IPAddress.Loopback, 0), sharedPort: null);
        socket.Listen();
        socket.Blocking = false;
        _listener = new(socket, new EpollLoops(), _connections, _clock);
    }

    [Fact]
    public async Task TryCloseMostSilent_JustConnected_LeavesItASecond()
    {
        using var client = await ConnectAsync();
        await using var connection = await AcceptAsync();
        var read = connection.Transport.Input.ReadAsync();

        Assert.False(_connections.TryCloseMostSilent());
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(_connections.TryCloseMostSilent());
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(_connections.TryCloseMostSilent());
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(async () => await read);
    }

    /// <summary>Of a crowd that says nothing only the newer half is spared, so that who comes after it need not wait.</summary>
    [Fact]
    public async Task TryCloseMostSilent_ACrowdThatJustConnected_ClosesItsOldest()
    {
        const int Crowd = 8;
        var clients = new List<Socket>();
        for (var index = 0; index < Crowd; index++)
        {
            clients.Add(await ConnectAsync());
            _ = (await AcceptAsync()).Transport.Input.ReadAsync().AsTask();
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(_connections.TryCloseMostSilent());
        Assert.Equal(0, await clients[0].ReceiveAsync(new byte[1]).WaitAsync(Patience));
        Assert.All(clients.Skip(1), client => Assert.False(client.Poll(TimeSpan.Zero, SelectMode.SelectRead)));
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>It is older than all of the crowd, and asks all the time.</summary>
    [Fact]
    public async Task TryCloseMostSilent_ACrowdBesideOneThatWasJustAnswered_ClosesTheCrowd()
    {
        const int Crowd = 8;
        using var client = await ConnectAsync();
        await using var asking = await AcceptAsync();
        var mark = asking.Features.Get<IRequestMark>()!;
        mark.Begin();
        mark.End(_clock.GetTimestamp());
        var read = asking.Transport.Input.ReadAsync().AsTask();
        var silent = new List<Socket>();
        for (var index = 0; index < Crowd; index++)
        {
            silent.Add(await ConnectAsync());
            _ = (await AcceptAsync()).Transport.Input.ReadAsync().AsTask();
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        for (var time = 0; time < Crowd / 2; time++) Assert.True(_connections.TryCloseMostSilent());
        Assert.False(read.IsCompleted);
        for (var time = 0; time < Crowd / 2; time++) Assert.Equal(0, await silent[time].ReceiveAsync(new byte[1]).WaitAsync(Patience));

        // But it is not spared for good.
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_connections.TryCloseMostSilent());
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(async () => await read);
        silent.ForEach(one => one.Dispose());
    }

    /// <summary>Between the read of a request's bytes and the moment when they are understood, it is nobody's to close.</summary>
    [Fact]
    public async Task TryCloseMostSilent_BytesThatNobodyHasLookedAtYet_LeavesIt()
    {
        using var client = await ConnectAsync();
        await using var connection = await AcceptAsync();
        var input = connection.Transport.Input;
        await client.SendAsync("GET / HT"u8.ToArray());
        var read = await input.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.Equal("GET / HT", Encoding.ASCII.GetString(read.Buffer.FirstSpan));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(_connections.TryCloseMostSilent());

        // No request yet, and more is waited for: bytes that never become one don't make a connection younger.
        input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        var more = input.ReadAsync();
        Assert.True(_connections.TryCloseMostSilent());
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(async () => await more);
    }

    /// <summary>The longest silent one is at work after all: then it is the next one's turn.</summary>
    [Fact]
    public async Task TryCloseMostSilent_TheOldestHasSentSomething_ClosesTheNext()
    {
        using var first = await ConnectAsync();
        await using var oldest = await AcceptAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var second = await ConnectAsync();
        await using var next = await AcceptAsync();
        await first.SendAsync("GET"u8.ToArray());
        var atWork = await oldest.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        var waiting = next.Transport.Input.ReadAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(_connections.TryCloseMostSilent());
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(async () => await waiting);
        Assert.False(atWork.IsCompleted);
        Assert.False(_connections.TryCloseMostSilent());
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_listener.EndPoint);
        return client;
    }

    private async Task<ConnectionContext> AcceptAsync() => (await _listener.AcceptAsync().AsTask().WaitAsync(Patience))!;

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
