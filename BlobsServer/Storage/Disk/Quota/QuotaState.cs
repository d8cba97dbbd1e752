using System.Buffers.Binary;

namespace BlobsServer.Storage.Disk.Quota;

/// <summary>What is known of one user's use of the disk, as it lies in DIR/.blobs/quota/USER.</summary>
internal sealed record QuotaState
{
    public const int Bytes = 40;

    private const ulong Magic = 0x32_61_74_6f_75_71_62_01;

    /// <summary>What the blobs that have their names cost.</summary>
    public required long UsedBytes { get; init; }

    /// <summary>When the blobs were last counted, Unix time in seconds.</summary>
    public required long CountedAtSeconds { get; init; }

    /// <summary>In which run of the machine this was written: after a power cut the file may be older than the blobs.</summary>
    public required ulong BootId { get; init; }

    /// <summary>
    /// The count is not to be trusted: names were being changed, and when the lock is free, whoever did died half-way.
    /// </summary>
    public bool IsChanging { get; init; }

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), BootId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), UsedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), CountedAtSeconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), IsChanging ? 1 : 0);
        return bytes;
    }

    /// <summary>Null when the bytes are no such state (a new file, or one that something else wrote to).</summary>
    public static QuotaState? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic) return null;
        return new QuotaState
        {
            BootId = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            UsedBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            CountedAtSeconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            IsChanging = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]) != 0,
        };
    }
}
