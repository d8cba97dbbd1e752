using Stickers.Collection;

namespace Stickers.Stores;

/// <summary>What a page needs to be shown.</summary>
internal interface IPageReads
{
    /// <summary>Two at random.</summary>
    Task<Pair> PickAsync(CancellationToken cancellation);

    /// <summary>The best, or the worst, first.</summary>
    Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation);
}
