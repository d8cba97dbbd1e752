using System.Buffers.Binary;
using System.Text;

namespace RequestClient.Blobs;

/// <summary>
/// The bytes of a blob as a pure function of user and id (docs/measuring.md spells it out, so that anybody can check
/// blobs on a disk). A stamp of 16 bytes, by which blobs tell apart, then a piece of a fixed pseudo-random pad:
/// making a body is no work, checking one is a comparison.
/// </summary>
internal static class BlobContent
{
    public const int StampLength = 16;

    /// <summary>
    /// The pad repeats after so many bytes. It is prime, so that pieces of a blob that were exchanged at any power of
    /// two differ, and small enough for a core's second-level cache.
    /// </summary>
    public const int PadPeriod = 262_139;

    /// <summary>The pad lies once and a bit in memory, so that most bodies are one piece.</summary>
    private const int PadLength = PadPeriod + 131_072;
    private const ulong PadSeed = 0x626C6F6273; // "blobs"
    private const ulong StampKey = 0x7374616D70; // "stamp"

    private static readonly byte[] Pad = MakePad();

    /// <summary>FNV-1a over "user/", the part that all blobs of a user share.</summary>
    public static ulong UserHash(string user) => Mixing.Fnv(Encoding.UTF8.GetBytes(user + "/"));

    /// <summary>The key of a blob: FNV-1a over "user/id", mixed.</summary>
    public static ulong Key(ulong userHash, ReadOnlySpan<byte> id) => Mixing.Mix(Mixing.Fnv(id, userHash));

    /// <summary>The first 16 bytes of a blob: its key, and a number by which the key can be trusted.</summary>
    public static void WriteStamp(ulong key, Span<byte> stamp)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(stamp, key);
        BinaryPrimitives.WriteUInt64LittleEndian(stamp[8..], Mixing.Mix(key ^ StampKey));
    }

    /// <summary>The key that a stamp was made from; null when it is no stamp.</summary>
    public static ulong? KeyOfStamp(ReadOnlySpan<byte> stamp)
    {
        var key = BinaryPrimitives.ReadUInt64LittleEndian(stamp);
        return BinaryPrimitives.ReadUInt64LittleEndian(stamp[8..]) == Mixing.Mix(key ^ StampKey) ? key : null;
    }

    /// <summary>
    /// Pinned bytes of the blob from <paramref name="position"/> on, which is behind the stamp; at least 128 KiB of
    /// them, unless the caller needs fewer.
    /// </summary>
    public static ReadOnlySpan<byte> PadFrom(ulong key, long position) =>
        Pad.AsSpan((int)(((key % PadPeriod) + (ulong)position) % PadPeriod));

    /// <summary>The whole blob; for small tools and tests.</summary>
    public static byte[] Make(ulong key, int length)
    {
        Span<byte> stamp = stackalloc byte[StampLength];
        WriteStamp(key, stamp);
        var blob = new byte[length];
        stamp[..Math.Min(StampLength, length)].CopyTo(blob);
        for (var position = StampLength; position < length;)
        {
            var piece = PadFrom(key, position);
            piece = piece[..Math.Min(piece.Length, length - position)];
            piece.CopyTo(blob.AsSpan(position));
            position += piece.Length;
        }

        return blob;
    }

    private static byte[] MakePad()
    {
        // Pinned: the kernel reads bodies right from here.
        var pad = GC.AllocateArray<byte>(PadLength, pinned: true);
        Span<byte> word = stackalloc byte[8];
        for (var position = 0; position < PadPeriod; position += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Mixing.Mix(PadSeed + ((ulong)(position / 8) * Mixing.Golden)));
            word[..Math.Min(8, PadPeriod - position)].CopyTo(pad.AsSpan(position));
        }

        pad.AsSpan(0, PadLength - PadPeriod).CopyTo(pad.AsSpan(PadPeriod));
        return pad;
    }
}
