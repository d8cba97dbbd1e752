using StoreClients;

namespace Stickers.Stores;

/// <summary>Which store a URL leads to.</summary>
internal static class StickersStores
{
    /// <summary>What connecting and what a call may take; a client waits no longer for a store that hangs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static IStickersStore Open(StoreUrl url) => url.Kind switch
    {
        StoreKind.PostgreSql => new PostgreSqlStickers(url, Timeout),
        StoreKind.Tarantool => new TarantoolStickers(url, Timeout),
        _ => throw new ArgumentOutOfRangeException(nameof(url), url.Kind, "no such store"),
    };
}
