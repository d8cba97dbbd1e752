namespace Stickers.Collection;

/// <summary>The same throws for the same seed, in every process and version (SplitMix64; Steele, Lea, Flood 2014).</summary>
internal struct Dice(long seed)
{
    private ulong _state = (ulong)seed * 0x9e3779b97f4a7c15;

    /// <summary>0 to sides - 1.</summary>
    public int Throw(int sides)
    {
        _state += 0x9e3779b97f4a7c15;
        var mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (int)((mixed ^ (mixed >> 31)) % (uint)sides);
    }

    public T Of<T>(T[] choices) => choices[Throw(choices.Length)];
}
