using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BlobsServer.Storage.Disk.Quota;

/// <summary>A number for the machine's current run.</summary>
internal static class BootId
{
    private const string Path = "/proc/sys/kernel/random/boot_id";

    /// <summary>
    /// 0 where the kernel doesn't say: then a power cut between two saves goes unnoticed until blobs are counted again.
    /// </summary>
    public static ulong Current { get; } =
        File.Exists(Path) ? BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(File.ReadAllBytes(Path))) : 0;
}
