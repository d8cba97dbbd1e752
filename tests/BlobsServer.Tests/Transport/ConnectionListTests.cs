using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
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

        Assert.False(_connections.TryCloseMostSilent());
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(_connections.TryCloseMostSilent());
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(_connections.TryCloseMostSilent());
        await AssertClosedAsync(client);
    }

    /// <summary>
    /// Of a crowd that says nothing only the newer half is spared, so that who comes after it need not wait, not even for Kestrel
    /// to take notice of it.
    /// </summary>
    [Fact]
    public async Task TryCloseMostSilent_ACrowdThatJustConnected_ClosesItsOldest()
    {
        var clients = await CrowdAsync(8);

        Assert.True(_connections.TryCloseMostSilent());
        await AssertClosedAsync(clients[0]);
        Assert.All(clients.Skip(1), client => Assert.False(client.Poll(TimeSpan.Zero, SelectMode.SelectRead)));
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>It is older than all of the crowd, and asks all the time.</summary>
    [Fact]
    public async Task TryCloseMostSilent_ACrowdBesideOneThatWasJustAnswered_ClosesTheCrowd()
    {
        const int Crowd = 8;
        using var client = await ConnectAsync();
        var read = await AskAsync(client);
        var silent = await CrowdAsync(Crowd);

        for (var time = 0; time < Crowd / 2; time++) Assert.True(_connections.TryCloseMostSilent());
        Assert.False(read.IsCompleted);
        for (var time = 0; time < Crowd / 2; time++) await AssertClosedAsync(silent[time]);

        // But it is not spared for good.
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_connections.TryCloseMostSilent());
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(async () => await read);
        silent.ForEach(one => one.Dispose());
    }

    /// <summary>It will be known in a moment whether that one is at work; until then nobody has to go in its place.</summary>
    [Fact]
    public async Task TryCloseMostSilent_ANewcomerThatIsBeingReadBesideThoseWhoAsk_ClosesNone()
    {
        var asking = new List<Socket>();
        var reads = new List<Task<ReadResult>>();
        for (var index = 0; index < 4; index++)
        {
            asking.Add(await ConnectAsync());
            reads.Add(await AskAsync(asking[index]));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        using var newcomer = await ConnectAsync();
        await newcomer.SendAsync("GET"u8.ToArray());
        var input = (await AcceptAsync()).Transport.Input;
        var head = await input.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.False(_connections.TryCloseMostSilent());

        input.AdvanceTo(head.Buffer.Start, head.Buffer.End);
        var rest = input.ReadAsync().AsTask();
        Assert.True(_connections.TryCloseMostSilent());
        await Assert.ThrowsAnyAsync<ConnectionAbortedException>(() => rest);
        Assert.All(reads, read => Assert.False(read.IsCompleted));
        asking.ForEach(one => one.Dispose());
    }

    /// <summary>All are looked at for many that go, and not for each: of twenty thousand that takes some milliseconds.</summary>
    [Fact]
    public async Task TryCloseMostSilent_ManyOfACrowd_AllocatesForOneLookAtAll()
    {
        const int Crowd = 64;
        const int BytesEach = 200;
        var clients = await CrowdAsync(Crowd);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var time = 0; time < Crowd / 2; time++) Assert.True(_connections.TryCloseMostSilent());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Crowd * BytesEach);
        clients.ForEach(client => client.Dispose());
    }

    /// <summary>Between the read of a request's bytes and the moment when they are understood, it is nobody's to close.</summary>
    [Fact]
    public async Task TryCloseMostSilent_BytesThatNobodyHasLookedAtYet_LeavesIt()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("GET / HT"u8.ToArray());
        await using var connection = await AcceptAsync();
        var input = connection.Transport.Input;
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
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var second = await ConnectAsync();
        await first.SendAsync("GET"u8.ToArray());
        await using var oldest = await AcceptAsync();
        await oldest.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(_connections.TryCloseMostSilent());
        await AssertClosedAsync(second);
        Assert.False(_connections.TryCloseMostSilent());
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static async Task AssertClosedAsync(Socket client) =>
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]).WaitAsync(Patience));

    /// <summary>One after the other, a millisecond apart; none says anything.</summary>
    private async Task<List<Socket>> CrowdAsync(int count)
    {
        var clients = new List<Socket>();
        for (var index = 0; index < count; index++)
        {
            clients.Add(await ConnectAsync());
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        return clients;
    }

    /// <summary>It has come in when this returns.</summary>
    private async Task<Socket> ConnectAsync()
    {
        var already = _connections.Count;
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_listener.EndPoint);
        await Eventually.HoldsAsync(() => _connections.Count > already, () => "it did not come in", Patience);
        return client;
    }

    /// <summary>It asked, was answered just now, and its next request is waited for.</summary>
    private async Task<Task<ReadResult>> AskAsync(Socket client)
    {
        await client.SendAsync("GET"u8.ToArray());
        var connection = await AcceptAsync();
        var mark = connection.Features.Get<IRequestMark>()!;
        var request = await connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
        mark.Begin();
        connection.Transport.Input.AdvanceTo(request.Buffer.End);
        mark.End(_clock.GetTimestamp());
        return connection.Transport.Input.ReadAsync().AsTask();
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
