using StoreClients;

namespace Counter.Stores;

/// <summary>Which store a URL leads to.</summary>
internal static class CounterStores
{
    /// <summary>What connecting and what a call may take; a client waits no longer for a store that hangs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static ICounterStore Open(StoreUrl url) => url.Kind switch
    {
        StoreKind.Redis => new RedisCounter(url, Timeout),
        StoreKind.PostgreSql => new PostgreSqlCounter(url, Timeout),
        StoreKind.Tarantool => new TarantoolCounter(url, Timeout),
        _ => throw new ArgumentOutOfRangeException(nameof(url), url.Kind, "no such store"),
    };
}
