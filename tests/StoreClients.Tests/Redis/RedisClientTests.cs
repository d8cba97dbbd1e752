using Blobs.TestSupport;
using StoreClients.Redis;

namespace StoreClients.Tests.Redis;

/// <summary>Against the real server.</summary>
public sealed class RedisClientTests(RunningStores stores)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task CallAsync_TextNumbersAndBytes_ComeBackAsTheyWere()
    {
        using var redis = await ConnectAsync();
        byte[] bytes = [0, 13, 10, 255, .. "ü"u8];
        await redis.CallAsync("SET", default, "bytes:ü", bytes);
        Assert.Equal(bytes, (await redis.CallAsync("GET", default, "bytes:ü")).AsBytes());
        await redis.CallAsync("SET", default, "number", long.MinValue);
        Assert.Equal(long.MinValue, (await redis.CallAsync("GET", default, "number")).AsInteger());
        Assert.True((await redis.CallAsync("GET", default, "nothing")).IsNull);
        Assert.Equal("PONG", (await redis.CallAsync("PING", default)).AsText());
    }

    [Fact]
    public async Task CallAsync_ALargeValue_ComesBackWhole()
    {
        using var redis = await ConnectAsync();
        var bytes = new byte[5_000_000];
        Random.Shared.NextBytes(bytes);
        await redis.CallAsync("SET", default, "large", bytes);
        Assert.Equal(bytes, (await redis.CallAsync("GET", default, "large")).AsBytes());
    }

    [Fact]
    public async Task CallAsync_Refused_ThrowsWhatRedisSaidAndTheNextCallIsServed()
    {
        using var redis = await ConnectAsync();
        await redis.CallAsync("SET", default, "text", "abc");
        var refusal = await Assert.ThrowsAsync<StoreErrorException>(() => redis.CallAsync("LPUSH", default, "text", "x"));
        Assert.Equal("WRONGTYPE", refusal.Code);
        Assert.Equal("abc", (await redis.CallAsync("GET", default, "text")).AsText());
    }

    [Fact]
    public async Task EvalAsync_ScriptsForgotten_IsBroughtAgain()
    {
        using var redis = await ConnectAsync();
        var script = new RedisScript("return { KEYS[1], ARGV[1], tonumber(ARGV[1]) + 1 }");
        for (var round = 0; round < 3; round++)
        {
            var reply = (await redis.EvalAsync(script, ["key"], [41], default)).AsArray();
            Assert.Equal(("key", "41", 42), (reply[0].AsText(), reply[1].AsText(), reply[2].AsInteger()));
            if (round == 1) await redis.CallAsync("SCRIPT", default, "FLUSH");
        }
    }

    [Fact]
    public async Task CallAsync_CommandOfSomebodyElse_IsOnlyAnArgument()
    {
        using var redis = await ConnectAsync();
        const string Hostile = "x\r\n*1\r\n$8\r\nFLUSHALL\r\n";
        await redis.CallAsync("SET", default, "kept", "1");
        await redis.CallAsync("SET", default, Hostile, Hostile);
        Assert.Equal(Hostile, (await redis.CallAsync("GET", default, Hostile)).AsText());
        Assert.Equal(1, (await redis.CallAsync("GET", default, "kept")).AsInteger());
    }

    private async Task<RedisClient> ConnectAsync() => new(StoreUrl.Parse((await stores.OfAsync("redis")).Url), Timeout);
}
