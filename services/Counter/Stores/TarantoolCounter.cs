using ServiceDefaults;
using StoreClients;
using StoreClients.Tarantool;

namespace Counter.Stores;

/// <summary>The count is a tuple; a function looks and adds, and no other fiber runs in between.</summary>
internal sealed class TarantoolCounter(StoreUrl url, TimeSpan timeout) : ICounterStore
{
    private readonly TarantoolClient _tarantool =
        new(url, new TarantoolSchema(Schema.Read(typeof(TarantoolCounter), "Counter.lua")), timeout);

    /// <summary>Every connection brings the schema along; the first one is made here.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => PingAsync(cancellation);

    public Task PingAsync(CancellationToken cancellation) => _tarantool.PingAsync(cancellation);

    public async Task<Grants> TakeAsync(int wanted, long? limit, CancellationToken cancellation)
    {
        var end = limit is { } last ? last : StoreValue.Null;
        var reply = await _tarantool.CallAsync("counter_take", cancellation, wanted, end);
        var results = reply.ReadResults(leastResults: 2);
        return new Grants(results.ReadInt64() + 1, (int)results.ReadInt64());
    }

    public async Task<long> CountAsync(CancellationToken cancellation) =>
        (await _tarantool.CallAsync("counter_read", cancellation)).ReadResults().ReadInt64();

    public Task WriteAsync(long count, CancellationToken cancellation) =>
        _tarantool.CallAsync("counter_write", cancellation, count);

    public ValueTask DisposeAsync()
    {
        _tarantool.Dispose();
        return ValueTask.CompletedTask;
    }
}
