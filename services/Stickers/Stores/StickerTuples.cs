using Stickers.Collection;
using StoreClients.Tarantool;

namespace Stickers.Stores;

/// <summary>Stickers as Stickers.lua gives them: id, pack's name, name, comment, plus, minus, rating.</summary>
internal static class StickerTuples
{
    public static Sticker Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHead();
        return new Sticker(
            (int)reader.ReadInt64(), reader.ReadString(), reader.ReadString(), reader.ReadString(),
            reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
    }

    public static Pair ReadPair(ref MessagePackReader reader)
    {
        reader.ReadArrayHead();
        return new Pair(Read(ref reader), Read(ref reader));
    }

    public static IReadOnlyList<Sticker> ReadAll(ref MessagePackReader reader)
    {
        var stickers = new Sticker[reader.ReadArrayHead()];
        for (var index = 0; index < stickers.Length; index++) stickers[index] = Read(ref reader);
        return stickers;
    }
}
