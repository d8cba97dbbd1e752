using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace StoreClients.Tarantool;

/// <summary>Writes MessagePack (github.com/msgpack/msgpack, spec.md), each value in its shortest form.</summary>
internal readonly struct MessagePackWriter(IBufferWriter<byte> output)
{
    public void WriteNil() => WriteByte(0xc0);

    public void Write(bool value) => WriteByte(value ? (byte)0xc3 : (byte)0xc2);

    public void Write(long value)
    {
        if (value >= 0) Write((ulong)value);
        else if (value >= -32) WriteByte((byte)value);
        else if (value >= sbyte.MinValue) WriteHead(0xd0, 1, (ulong)value);
        else if (value >= short.MinValue) WriteHead(0xd1, 2, (ulong)value);
        else if (value >= int.MinValue) WriteHead(0xd2, 4, (ulong)value);
        else WriteHead(0xd3, 8, (ulong)value);
    }

    public void Write(ulong value)
    {
        if (value <= 0x7f) WriteByte((byte)value);
        else if (value <= byte.MaxValue) WriteHead(0xcc, 1, value);
        else if (value <= ushort.MaxValue) WriteHead(0xcd, 2, value);
        else if (value <= uint.MaxValue) WriteHead(0xce, 4, value);
        else WriteHead(0xcf, 8, value);
    }

    public void Write(double value) => WriteHead(0xcb, 8, BitConverter.DoubleToUInt64Bits(value));

    public void Write(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length < 32) WriteByte((byte)(0xa0 | bytes.Length));
        else if (bytes.Length <= byte.MaxValue) WriteHead(0xd9, 1, (ulong)bytes.Length);
        else if (bytes.Length <= ushort.MaxValue) WriteHead(0xda, 2, (ulong)bytes.Length);
        else WriteHead(0xdb, 4, (ulong)bytes.Length);
        output.Write(bytes);
    }

    /// <summary>Bytes that are no text.</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue) WriteHead(0xc4, 1, (ulong)value.Length);
        else if (value.Length <= ushort.MaxValue) WriteHead(0xc5, 2, (ulong)value.Length);
        else WriteHead(0xc6, 4, (ulong)value.Length);
        output.Write(value);
    }

    /// <summary>
    /// Tarantool's UUID: the extension of type 2, 16 bytes in the order they are written in. It refuses variants that RFC 9562
    /// (4.1) keeps for the future, those with 0xe0 or more in the ninth byte, as "invalid MsgPack".
    /// </summary>
    public void Write(Guid value)
    {
        var target = output.GetSpan(18);
        target[0] = 0xd8;
        target[1] = MessagePackReader.UuidExtension;
        value.TryWriteBytes(target[2..], bigEndian: true, out _);
        output.Advance(18);
    }

    public void WriteArrayHead(int count)
    {
        if (count < 16) WriteByte((byte)(0x90 | count));
        else if (count <= ushort.MaxValue) WriteHead(0xdc, 2, (ulong)count);
        else WriteHead(0xdd, 4, (ulong)count);
    }

    public void WriteMapHead(int count)
    {
        if (count < 16) WriteByte((byte)(0x80 | count));
        else if (count <= ushort.MaxValue) WriteHead(0xde, 2, (ulong)count);
        else WriteHead(0xdf, 4, (ulong)count);
    }

    public void Write(in StoreValue value)
    {
        switch (value.Kind)
        {
            case StoreValueKind.Nothing: WriteNil(); break;
            case StoreValueKind.Number: Write(value.Bits); break;
            case StoreValueKind.Fraction: Write(BitConverter.Int64BitsToDouble(value.Bits)); break;
            case StoreValueKind.YesOrNo: Write(value.Bits != 0); break;
            case StoreValueKind.Text: Write((string)value.Content!); break;
            case StoreValueKind.Bytes: Write((byte[])value.Content!); break;
            case StoreValueKind.Uuid: Write((Guid)value.Content!); break;
            case StoreValueKind.List: WriteArray((StoreValue[])value.Content!); break;
        }
    }

    public void WriteArray(ReadOnlySpan<StoreValue> values)
    {
        WriteArrayHead(values.Length);
        foreach (var value in values) Write(value);
    }

    /// <summary>A type and the lowest bytes of a number, the highest of them first.</summary>
    public void WriteHead(byte type, int bytes, ulong number)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, number);
        var target = output.GetSpan(1 + bytes);
        target[0] = type;
        all[^bytes..].CopyTo(target[1..]);
        output.Advance(1 + bytes);
    }

    private void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
