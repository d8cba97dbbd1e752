using ServiceDefaults;
using Stickers.Collection;
using Stickers.Stores.Naive;

namespace Stickers.Stores;

/// <summary>Packs, stickers and votes, which all processes share. Each method is one round trip.</summary>
internal interface IStickersStore : IServiceStore, IPageReads
{
    /// <summary>What all processes sign with; known once the store is prepared.</summary>
    byte[] Key { get; }

    /// <summary>The original's calls, one by one.</summary>
    INaiveCalls Naive { get; }

    /// <summary>
    /// Counts a vote whose token was not spent yet, and spends it, in one step; gives the next page's stickers too.
    /// </summary>
    Task<Voted> VoteAsync(Vote vote, CancellationToken cancellation);

    Task<Totals> CountAsync(CancellationToken cancellation);

    Task<IReadOnlyList<Pack>> PacksAsync(CancellationToken cancellation);

    /// <summary>Empty when there is no such pack.</summary>
    Task<IReadOnlyList<Sticker>> OfPackAsync(int pack, CancellationToken cancellation);

    /// <summary>Null when there is no such sticker.</summary>
    Task<Sticker?> FindAsync(int id, CancellationToken cancellation);
}
