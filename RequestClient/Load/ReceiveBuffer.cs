using System.Runtime.CompilerServices;

namespace RequestClient.Load;

/// <summary>
/// Where the kernel puts what it received. All connections of a loop share one, because a piece is read to its end
/// before the next one is received.
/// </summary>
internal sealed unsafe class ReceiveBuffer
{
    public const int Length = 64 * 1024;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);

    public byte* Start => (byte*)Unsafe.AsPointer(ref _bytes[0]);
}
