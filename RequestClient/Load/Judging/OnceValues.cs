using RequestClient.Blobs;

namespace RequestClient.Load.Judging;

/// <summary>
/// The values that a phase's replies had in a place {once}: as hashes of 64 bits, of which two in ten million values are equal by
/// chance once in 400,000 runs. Loops on several threads share one.
/// </summary>
internal sealed class OnceValues
{
    private const int Shards = 16;

    private readonly HashSet<ulong>[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new HashSet<ulong>())];

    /// <summary>Whether the value is new.</summary>
    public bool Add(ReadOnlySpan<byte> value)
    {
        var hash = Mixing.Hash(value);
        var shard = _shards[hash % Shards];
        lock (shard) return shard.Add(hash);
    }

    /// <summary>A new phase begins.</summary>
    public void Clear()
    {
        foreach (var shard in _shards) shard.Clear();
    }
}
