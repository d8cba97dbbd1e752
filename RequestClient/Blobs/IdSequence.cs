using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RequestClient.Blobs;

/// <summary>
/// Ids of one run: 32 hex digits that look random, so that the store's 1/3/6-letter directories spread, yet a pure
/// function of a seed and a counter. Each half is a bijection of the counter, so a run never repeats an id; the seed
/// has 128 random bits, so two runs do not meet.
/// </summary>
internal readonly record struct IdSequence(ulong High, ulong Low)
{
    public const int IdLength = 32;

    /// <summary>Both hex digits of every byte value, as they lie in memory.</summary>
    private static readonly ushort[] HexPairs = [.. Enumerable.Range(0, 256).Select(HexPair)];

    /// <summary>The seed as text, which a run record keeps.</summary>
    public string Seed => $"{High:x16}{Low:x16}";

    public static IdSequence Fresh()
    {
        Span<byte> seed = stackalloc byte[16];
        RandomNumberGenerator.Fill(seed);
        return new IdSequence(BinaryPrimitives.ReadUInt64LittleEndian(seed), BinaryPrimitives.ReadUInt64LittleEndian(seed[8..]));
    }

    /// <summary>Writes id number <paramref name="counter"/> as ASCII.</summary>
    public void Write(long counter, Span<byte> id)
    {
        WriteHex(Mixing.Mix(High + ((ulong)counter * Mixing.Golden)), id[..16]);
        WriteHex(Mixing.Mix(Low + ((ulong)counter * Mixing.Golden)), id[16..IdLength]);
    }

    private static void WriteHex(ulong number, Span<byte> digits)
    {
        var pairs = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(digits);
        for (var index = pairs.Length - 1; index >= 0; index--, number >>= 8) pairs[index] = HexPairs[(byte)number];
    }

    private static ushort HexPair(int value) => BitConverter.ToUInt16(System.Text.Encoding.ASCII.GetBytes(value.ToString("x2")));
}
