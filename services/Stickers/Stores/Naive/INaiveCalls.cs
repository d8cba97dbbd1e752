using Stickers.Collection;

namespace Stickers.Stores.Naive;

/// <summary>The calls that the original's pages were made of, each a round trip.</summary>
internal interface INaiveCalls
{
    Task<Sticker> RandomAsync(CancellationToken cancellation);

    /// <summary>A vote's token, made by the store.</summary>
    Task<string> TokenAsync(int stickerId, CancellationToken cancellation);

    Task KeepTokenAsync(string token, int stickerId, CancellationToken cancellation);

    /// <summary>A visitor's id, made by the store.</summary>
    Task<Guid> SessionAsync(CancellationToken cancellation);

    Task KeepSessionAsync(Guid session, string agent, CancellationToken cancellation);

    /// <summary>Counts a page that was shown.</summary>
    Task CountViewAsync(string page, CancellationToken cancellation);

    Task<IReadOnlyList<Sticker>> RankedAsync(bool isBest, int count, CancellationToken cancellation);
}
