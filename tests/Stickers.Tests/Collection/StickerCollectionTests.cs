using Stickers.Collection;

namespace Stickers.Tests.Collection;

public sealed class StickerCollectionTests
{
    [Fact]
    public void Packs_NamesAreDistinct_SomeHostile()
    {
        Assert.Equal(540, StickerCollection.Packs.Select(pack => pack.Name).Distinct().Count());
        Assert.Equal(6, StickerCollection.Packs.Count(pack => HostileNames.OfPack(pack.Id) is not null));
    }

    [Fact]
    public void Of_AllPacks_IdsWithoutGaps_NamesAsTheyWereInEveryVersion()
    {
        var stickers = StickerCollection.Packs.SelectMany(StickerCollection.Of).ToArray();
        Assert.Equal(Enumerable.Range(1, 16_200), stickers.Select(sticker => sticker.Id));
        Assert.All(stickers, sticker => Assert.Equal(sticker.Id, sticker.Place.Id));
        Assert.Equal(324, stickers.Count(sticker => HostileNames.Of(sticker.Id) is not null));
        // Processes of two versions may fill one store.
        Assert.Equal("Mozo the Swift", stickers[^1].Name);
    }
}
