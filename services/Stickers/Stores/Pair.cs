using Stickers.Collection;

namespace Stickers.Stores;

/// <summary>Two stickers that are not the same.</summary>
internal sealed record Pair(Sticker First, Sticker Second);
