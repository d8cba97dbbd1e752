using StoreClients;

namespace Dialogs.Stores;

/// <summary>Which store a URL leads to.</summary>
internal static class DialogStores
{
    /// <summary>Those that have an index for pages of a dialog.</summary>
    public static readonly StoreKind[] Kinds = [StoreKind.Tarantool, StoreKind.PostgreSql];

    /// <summary>What connecting and what a call may take; a client waits no longer for a store that hangs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static IDialogStore Open(StoreUrl url) => url.Kind switch
    {
        StoreKind.Tarantool => new TarantoolDialogs(url, Timeout),
        StoreKind.PostgreSql => new PostgreSqlDialogs(url, Timeout),
        _ => throw new ArgumentOutOfRangeException(nameof(url), url.Kind, "no store of dialogs"),
    };
}
