using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;

namespace StoreClients.Tests.Pipelining;

/// <summary>Whatever answers there, calls fail with a reason and none hangs.</summary>
public sealed class HostileStoreTests
{
    private const int Calls = 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("redis", "HTTP/1.1 400 Bad Request\r\n\r\n", "0x48")]
    [InlineData("redis", "-ERR no such user\r\n", "no such user")]
    [InlineData("redis", "-LOADING Redis is loading the dataset in memory\r\n", "LOADING")]
    [InlineData("redis", "*2000000000\r\n", "2000000000")]
    [InlineData("redis", "+PONG\r\n+PONG\r\n", "more came")]
    [InlineData("redis", "", "no answer within 1 s")]
    [InlineData("tarantool", "+OK\r\n", "no answer within 1 s")]
    [InlineData("tarantool", "", "no answer within 1 s")]
    public async Task BadGreeting_CallsFailAndSayWhy(string name, string greeting, string reason)
    {
        using var store = FakeStore.Start(async socket =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(greeting));
            await socket.ReceiveAsync(new byte[1024]);
            await Task.Delay(Patience);
        });
        var failure = await FailAsync(name, store.Port);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveHappened);
    }

    [Theory]
    [InlineData("$99999999999\r\n")]
    [InlineData("?\r\n")]
    [InlineData("$3\r\nabcde")]
    public async Task NonsenseInsteadOfAReply_AllCallsFail(string nonsense)
    {
        using var store = FakeStore.Start(async socket =>
        {
            var buffer = new byte[64 * 1024];
            await socket.ReceiveAsync(buffer);
            await socket.SendAsync("+PONG\r\n"u8.ToArray());
            await socket.ReceiveAsync(buffer);
            await socket.SendAsync(Encoding.ASCII.GetBytes(nonsense));
            await Task.Delay(Patience);
        });
        Assert.True((await FailAsync("redis", store.Port)).MayHaveHappened);
    }

    /// <summary>Whose time-out is long is told at once; the next call goes to a new connection.</summary>
    [Fact]
    public async Task MoreRepliesThanCalls_TheConnectionIsGivenUp()
    {
        using var store = FakeStore.Start(async socket =>
        {
            var buffer = new byte[64 * 1024];
            await socket.ReceiveAsync(buffer);
            await socket.SendAsync("+PONG\r\n"u8.ToArray());
            await socket.ReceiveAsync(buffer);
            for (var reply = 0; reply < 2 * Calls; reply++) await socket.SendAsync("+x\r\n"u8.ToArray());
            await Task.Delay(Patience);
        });
        using var echo = Echo.Open($"redis://127.0.0.1:{store.Port}", 10 * Patience);
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => AskAsync(echo)));
        await Eventually.HoldsAsync(async () =>
        {
            await AskAsync(echo);
            return store.Connections >= 2;
        }, () => "nobody came again", Patience);
    }

    [Fact]
    public async Task NothingAtAllWithinTheTimeout_TheConnectionIsGivenUp()
    {
        using var store = FakeStore.Start(async socket =>
        {
            await socket.ReceiveAsync(new byte[1024]);
            await socket.SendAsync("+PONG\r\n"u8.ToArray());
            await Task.Delay(Patience);
        });
        using var echo = Echo.Open($"redis://127.0.0.1:{store.Port}", Timeout);
        await Eventually.HoldsAsync(async () =>
        {
            await AskAsync(echo);
            return store.Connections >= 2;
        }, () => "nobody came again", Patience);
    }

    /// <summary>While a store starts it is not knocked at by every call.</summary>
    [Fact]
    public async Task Refused_NobodyKnocksAgainForAMoment()
    {
        using var store = FakeStore.Start(socket =>
        {
            socket.Dispose();
            return Task.CompletedTask;
        });
        using var echo = Echo.Open($"redis://127.0.0.1:{store.Port}", Timeout);
        var watch = Stopwatch.StartNew();
        for (var call = 0; call < 300; call++) await AskAsync(echo);
        Assert.InRange(store.Connections, 1, 1 + (watch.ElapsedMilliseconds / 50));
    }

    [Fact]
    public async Task NobodyThere_CallsFailAtOnceAndSayWhere()
    {
        var failure = await FailAsync("redis", FreePorts.Take());
        Assert.Contains("cannot connect to redis://127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveHappened);
    }

    private static async Task AskAsync(Echo echo)
    {
        try
        {
            await echo.AskAsync("x").WaitAsync(Patience);
        }
        catch (StoreUnavailableException)
        {
            // The connection may have been given up.
        }
    }

    private static async Task<StoreUnavailableException> FailAsync(string name, int port)
    {
        using var echo = Echo.Open($"{name}://127.0.0.1:{port}", Timeout);
        var calls = Enumerable.Range(0, Calls).Select(number => echo.AskAsync($"{number}")).ToArray();
        StoreUnavailableException? failure = null;
        foreach (var call in calls) failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => call.WaitAsync(Patience));
        return failure!;
    }

    /// <summary>Takes connections and does with each what it is told.</summary>
    private sealed class FakeStore : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _connections;

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Connections => _connections;

        public static FakeStore Start(Func<Socket, Task> serve)
        {
            var store = new FakeStore();
            store._listener.Start();
            _ = store.ServeAsync(serve);
            return store;
        }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(Func<Socket, Task> serve)
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _connections);
                _ = serve(socket);
            }
        }
    }
}
