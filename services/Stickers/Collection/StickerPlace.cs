namespace Stickers.Collection;

/// <summary>Where a sticker is found: /stickers/{Pack}/{Number}, both from 1.</summary>
internal readonly record struct StickerPlace(int Pack, int Number)
{
    public int Id => ((Pack - 1) * StickerCollection.StickersEach) + Number;

    public bool IsThere =>
        Pack is >= 1 and <= StickerCollection.PackCount && Number is >= 1 and <= StickerCollection.StickersEach;

    public static StickerPlace Of(int id) =>
        new(((id - 1) / StickerCollection.StickersEach) + 1, ((id - 1) % StickerCollection.StickersEach) + 1);
}
