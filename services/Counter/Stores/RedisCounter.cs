using StoreClients;
using StoreClients.Redis;

namespace Counter.Stores;

/// <summary>The count is the value of a key; a script looks and adds, and Redis does nothing else meanwhile.</summary>
internal sealed class RedisCounter(StoreUrl url, TimeSpan timeout) : ICounterStore
{
    private const string Key = "counter:granted";

    // ARGV: wanted, limit ('' for none). Gives what was granted before, and how many are granted now.
    private static readonly RedisScript Take = new(
        """
        local granted = tonumber(redis.call('GET', KEYS[1]) or 0)
        local count = tonumber(ARGV[1])
        if ARGV[2] ~= '' then count = math.max(0, math.min(count, tonumber(ARGV[2]) - granted)) end
        if count > 0 then redis.call('INCRBY', KEYS[1], count) end
        return { granted, count }
        """);

    private readonly RedisClient _redis = new(url, timeout);

    /// <summary>A key that is not there counts as 0: nothing to make.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => PingAsync(cancellation);

    public Task PingAsync(CancellationToken cancellation) => _redis.CallAsync("PING", cancellation);

    public async Task<Grants> TakeAsync(int wanted, long? limit, CancellationToken cancellation)
    {
        var end = limit is { } last ? StoreValue.FromInt64(last) : "";
        var reply = (await _redis.EvalAsync(Take, [Key], [wanted, end], cancellation)).AsArray();
        return new Grants(reply[0].AsInteger() + 1, (int)reply[1].AsInteger());
    }

    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        var reply = await _redis.CallAsync("GET", cancellation, Key);
        return reply.IsNull ? 0 : reply.AsInteger();
    }

    public Task WriteAsync(long count, CancellationToken cancellation) => _redis.CallAsync("SET", cancellation, Key, count);

    public ValueTask DisposeAsync()
    {
        _redis.Dispose();
        return ValueTask.CompletedTask;
    }
}
