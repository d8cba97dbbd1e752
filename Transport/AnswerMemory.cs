using System.Buffers;

namespace Transport;

/// <summary>
/// What Kestrel keeps the beginning of an answer in until its head is written. It takes for granted that who asks for no
/// certain size gets some room, as its own pools give; MemoryPool.Shared gives none.
/// </summary>
internal sealed class AnswerMemory : MemoryPool<byte>
{
    private const int BlockBytes = 4096;

    public static AnswerMemory Instance { get; } = new();

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

    protected override void Dispose(bool disposing)
    {
        // Every connection's, for as long as the process lives.
    }
}
