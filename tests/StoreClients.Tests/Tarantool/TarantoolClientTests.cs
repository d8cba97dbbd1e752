using Blobs.TestSupport;
using StoreClients.Tarantool;

namespace StoreClients.Tests.Tarantool;

/// <summary>Against the real server.</summary>
public sealed class TarantoolClientTests(RunningStores stores)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly TarantoolSchema Schema = new(
        """
        function test_echo(...) return ... end
        function test_fail(message) error(message) end
        local made = box.schema.space.create('test_made', { if_not_exists = true })
        made:create_index('id', { if_not_exists = true, parts = { { 1, 'uuid' } } })
        function test_duplicate(id) box.space.test_made:insert({ id }) box.space.test_made:insert({ id }) end
        """);

    [Fact]
    public async Task CallAsync_ValuesOfEveryKind_ComeBackAsTheyWere()
    {
        using var tarantool = await ConnectAsync();
        var id = Guid.NewGuid();
        var reply = await tarantool.CallAsync(
            "test_echo", default, "ü", long.MinValue, 2.5, true, id, StoreValue.Null, new StoreValue[] { 1, "two" }, new string('x', 100_000));
        var results = reply.ReadResults(leastResults: 8);
        Assert.Equal("ü", results.ReadString());
        Assert.Equal(long.MinValue, results.ReadInt64());
        Assert.Equal(2.5, results.ReadDouble());
        Assert.True(results.ReadBoolean());
        Assert.Equal(id, results.ReadGuid());
        Assert.True(results.TryReadNil());
        Assert.Equal((2, 1, "two"), (results.ReadArrayHead(), results.ReadInt64(), results.ReadString()));
        Assert.Equal(100_000, results.ReadString().Length);
        Assert.True(results.IsAtEnd);
    }

    [Fact]
    public async Task CallAsync_FunctionFails_ThrowsWhatItSaidAndTheNextCallIsServed()
    {
        using var tarantool = await ConnectAsync();
        var failure = await Assert.ThrowsAsync<StoreErrorException>(() => tarantool.CallAsync("test_fail", default, "because"));
        Assert.Contains("because", failure.Message, StringComparison.Ordinal);
        var duplicate =
            await Assert.ThrowsAsync<StoreErrorException>(() => tarantool.CallAsync("test_duplicate", default, Guid.NewGuid()));
        Assert.Equal("3", duplicate.Code); // ER_TUPLE_FOUND
        Assert.Equal(7, (await tarantool.CallAsync("test_echo", default, 7)).ReadResults().ReadInt64());
    }

    [Fact]
    public async Task CallAsync_WrongPassword_SaysSo()
    {
        var url = StoreUrl.Parse((await stores.OfAsync("tarantool")).Url) with { Password = "wrong" };
        using var tarantool = new TarantoolClient(url, null, Timeout);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => tarantool.PingAsync(default));
        Assert.Contains("password", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(refusal.MayHaveHappened);
    }

    [Fact]
    public async Task CallAsync_AGuest_MayNothing()
    {
        var url = StoreUrl.Parse((await stores.OfAsync("tarantool")).Url) with { User = null, Password = null };
        using var tarantool = new TarantoolClient(url, null, Timeout);
        var refusal = await Assert.ThrowsAsync<StoreErrorException>(() => tarantool.CallAsync("test_echo", default, 1));
        Assert.Contains("denied", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_EightBringItAtOnceIntoAnEmptyStore_AllAreServed()
    {
        await using var empty = await RunningStore.StartAsync("tarantool");
        var clients = Enumerable.Range(0, 8).Select(_ => new TarantoolClient(StoreUrl.Parse(empty.Url), Schema, Timeout))
            .ToArray();
        await Task.WhenAll(clients.Select(client => Task.Run(() => client.CallAsync("test_echo", default, 1))));
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task Schema_IsWrong_TheCallSaysWhatTarantoolSaid()
    {
        var url = StoreUrl.Parse((await stores.OfAsync("tarantool")).Url);
        using var tarantool = new TarantoolClient(url, new TarantoolSchema("error('no such thing')"), Timeout);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => tarantool.PingAsync(default));
        Assert.Contains("no such thing", refusal.Message, StringComparison.Ordinal);
        using var right = await ConnectAsync(); // the lock was given back
        await right.PingAsync(default);
    }

    private async Task<TarantoolClient> ConnectAsync() =>
        new(StoreUrl.Parse((await stores.OfAsync("tarantool")).Url), Schema, Timeout);
}
