using System.Runtime.CompilerServices;

namespace RequestClient.Blobs;

/// <summary>
/// The finaliser of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"): a bijection of
/// 64-bit numbers whose results look random, also for inputs in a row.
/// </summary>
internal static class Mixing
{
    /// <summary>SplitMix64's step: 2^64 divided by the golden ratio, odd.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    private const ulong FnvOffset = 0xCBF29CE484222325;
    private const ulong FnvPrime = 0x100000001B3;

    /// <summary>FNV-1a, from its usual beginning or from where another one ended.</summary>
    public static ulong Fnv(ReadOnlySpan<byte> bytes, ulong hash = FnvOffset)
    {
        foreach (var value in bytes) hash = (hash ^ value) * FnvPrime;
        return hash;
    }

    /// <summary>FNV-1a, mixed.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes) => Mix(Fnv(bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}
