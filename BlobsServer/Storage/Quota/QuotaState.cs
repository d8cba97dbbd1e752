using System.Buffers.Binary;

namespace BlobsServer.Storage.Quota;

/// <summary>
/// What is known of one user's use of the disk, as it lies in DIR/.blobs/quota/USER. Pure: decisions only; who changes it
/// holds the file's lock.
/// </summary>
internal sealed class QuotaState
{
    private const ulong Magic = 0x31_61_74_6f_75_71_62_01;
    private const int HeaderBytes = 48;
    private const int ReservationBytes = 16;

    private readonly Dictionary<ulong, long> _reservedByOwner = [];

    /// <summary>Sizes of the blobs that have their names.</summary>
    public long UsedBytes { get; set; }

    /// <summary>
    /// Names were being changed. When the lock is free and this is set, whoever set it died half-way: count again.
    /// </summary>
    public bool IsChanging { get; set; }

    /// <summary>In which run of the machine this was written: after a power cut the file may be older than the blobs.</summary>
    public ulong BootId { get; set; }

    /// <summary>When the blobs were last counted, Unix time in seconds.</summary>
    public long CountedAtSeconds { get; set; }

    /// <summary>What uploads under way will need, by the process that does them.</summary>
    public IEnumerable<ulong> Owners => _reservedByOwner.Keys;

    public long ReservedBytes => _reservedByOwner.Values.Sum();

    public bool HasRoomFor(long bytes, long quotaBytes) => bytes <= quotaBytes - UsedBytes - ReservedBytes;

    public void Reserve(ulong owner, long bytes) => _reservedByOwner[owner] = _reservedByOwner.GetValueOrDefault(owner) + bytes;

    public void GiveBack(ulong owner, long bytes)
    {
        var left = _reservedByOwner.GetValueOrDefault(owner) - bytes;
        if (left > 0) _reservedByOwner[owner] = left;
        else _reservedByOwner.Remove(owner);
    }

    public void Forget(ulong owner) => _reservedByOwner.Remove(owner);

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + (_reservedByOwner.Count * ReservationBytes)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), BootId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), UsedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), CountedAtSeconds);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), IsChanging ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(36), _reservedByOwner.Count);
        var offset = HeaderBytes;
        foreach (var (owner, reserved) in _reservedByOwner)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), owner);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(offset + 8), reserved);
            offset += ReservationBytes;
        }

        return bytes;
    }

    /// <summary>Null when the bytes are no such state (a new file, or one that something else wrote to).</summary>
    public static QuotaState? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic) return null;
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]);
        if (count < 0 || bytes.Length < HeaderBytes + ((long)count * ReservationBytes)) return null;
        var state = new QuotaState
        {
            BootId = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            UsedBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            CountedAtSeconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            IsChanging = BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]) != 0,
        };
        for (var index = 0; index < count; index++)
        {
            var slot = bytes[(HeaderBytes + (index * ReservationBytes))..];
            var owner = BinaryPrimitives.ReadUInt64LittleEndian(slot);
            state._reservedByOwner[owner] = BinaryPrimitives.ReadInt64LittleEndian(slot[8..]);
        }

        return state;
    }
}
