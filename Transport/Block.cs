using System.Buffers;

namespace Transport;

/// <summary>A piece of pinned memory, chained to others while it holds bytes of a connection.</summary>
internal sealed class Block : ReadOnlySequenceSegment<byte>
{
    public Block(int bytes)
    {
        Bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
    }

    public byte[] Bytes { get; }

    /// <summary>How many bytes are in use.</summary>
    public int End { get; private set; }

    public int FreeBytes => Bytes.Length - End;

    public Block? NextBlock
    {
        get => (Block?)Next;
        private set => Next = value;
    }

    public void Grow(int bytes)
    {
        End += bytes;
        Memory = Bytes.AsMemory(0, End);
    }

    public void Append(Block next)
    {
        next.RunningIndex = RunningIndex + End;
        NextBlock = next;
    }

    public void Clear()
    {
        End = 0;
        Memory = default;
        RunningIndex = 0;
        NextBlock = null;
    }
}
