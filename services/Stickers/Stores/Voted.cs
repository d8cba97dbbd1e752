using Stickers.Collection;

namespace Stickers.Stores;

/// <summary>What came of a vote, and what the next page shows.</summary>
/// <param name="IsCounted">False: the token was spent before, and nothing changed.</param>
/// <param name="Sticker">As it is now.</param>
/// <param name="Next">The next two.</param>
internal sealed record Voted(bool IsCounted, Sticker Sticker, Pair Next);
