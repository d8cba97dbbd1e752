
namespace Stickers.Collection;

/// <summary>A sticker as it stands in the store now.</summary>
/// <param name="Id">1 to the number of stickers; the pack and the number in it follow from it.</param>
/// <param name="PackName">Anything that people type.</param>
/// <param name="Name">Anything that people type.</param>
/// <param name="Comment">Anything that people type.</param>
/// <param name="Plus">Votes for it.</param>
/// <param name="Minus">Votes against it.</param>
/// <param name="Rating">Plus less minus.</param>
internal sealed record Sticker(int Id, string PackName, string Name, string Comment, long Plus, long Minus, long Rating)
{
    public StickerPlace Place => StickerPlace.Of(Id);
}
