
namespace Stickers.Collection;

/// <summary>
/// 540 packs of 30, as the original had. They are made from their numbers alone, so that processes that fill an empty store at
/// the same time bring the same. Some names are what nobody should be able to do harm with.
/// </summary>
internal static class StickerCollection
{
    public const int PackCount = 540;
    public const int StickersEach = 30;
    public const int Count = PackCount * StickersEach;

    /// <summary>So many are filled in with one call: a store's answer to others waits no longer.</summary>
    public const int PacksTogether = 30;

    public static IReadOnlyList<Pack> Packs { get; } =
        [.. Enumerable.Range(1, PackCount).Select(id => new Pack(id, PackNames.Of(id)))];

    /// <summary>The stickers of a pack, without a vote.</summary>
    public static IEnumerable<Sticker> Of(Pack pack) => Enumerable.Range(1, StickersEach).Select(number =>
    {
        var id = new StickerPlace(pack.Id, number).Id;
        var dice = new Dice(id);
        var name = HostileNames.Of(id) ?? StickerNames.Of(ref dice);
        return new Sticker(id, pack.Name, name, StickerNames.CommentOf(ref dice), Plus: 0, Minus: 0, Rating: 0);
    });
}
