namespace Transport;

/// <summary>
/// Blocks that are free. Connections hold blocks only while they have bytes in them, so memory follows what is under way
/// and not how many are connected; what a burst needed beyond the bound goes back to the collector.
/// </summary>
internal sealed class BlockPool
{
    /// <summary>A request with a body of 10 KiB, or its answer, in one piece and one system call.</summary>
    public const int SmallBytes = 16 * 1024;

    /// <summary>For bodies that fill small ones.</summary>
    public const int LargeBytes = 128 * 1024;

    private const int MaxSmall = 128;
    private const int MaxLarge = 16;

    private readonly Stack<Block> _small = new(MaxSmall);
    private readonly Stack<Block> _large = new(MaxLarge);

    /// <summary>A block of at least so many bytes.</summary>
    public Block Rent(int bytes)
    {
        if (bytes > LargeBytes) return new Block(bytes);
        var stack = bytes <= SmallBytes ? _small : _large;
        lock (stack)
        {
            if (stack.TryPop(out var block)) return block;
        }

        return new Block(bytes <= SmallBytes ? SmallBytes : LargeBytes);
    }

    public void Return(Block block)
    {
        block.Clear();
        var (stack, max) = block.Bytes.Length <= SmallBytes ? (_small, MaxSmall) : (_large, MaxLarge);
        if (block.Bytes.Length > LargeBytes) return;
        lock (stack)
        {
            if (stack.Count < max) stack.Push(block);
        }
    }
}
