namespace Stickers.Stores;

/// <summary>What the store holds.</summary>
/// <param name="Packs">How many.</param>
/// <param name="Stickers">How many.</param>
/// <param name="Plus">Votes for a sticker, over all stickers.</param>
/// <param name="Minus">Votes against one.</param>
/// <param name="Spent">Tokens that were voted with and are still remembered.</param>
internal sealed record Totals(long Packs, long Stickers, long Plus, long Minus, long Spent)
{
    public long Votes => Plus + Minus;
}
