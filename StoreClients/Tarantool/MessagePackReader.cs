using System.Buffers.Binary;
using System.Text;

namespace StoreClients.Tarantool;

/// <summary>
/// Reads MessagePack (github.com/msgpack/msgpack, spec.md), value by value, as what one expects. Anything else, and bytes
/// that end too early, is a <see cref="MalformedReplyException"/>; no length is believed before its bytes are there.
/// </summary>
public ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    internal const byte UuidExtension = 2;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How far it has read.</summary>
    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <summary>Steps over a nil.</summary>
    /// <returns>Whether there was one; else nothing was read.</returns>
    public bool TryReadNil()
    {
        if (Peek() != 0xc0) return false;
        Position++;
        return true;
    }

    public bool ReadBoolean() => Take(1)[0] switch
    {
        0xc3 => true,
        0xc2 => false,
        var type => throw Unexpected(type, "yes or no"),
    };

    public long ReadInt64()
    {
        var type = Take(1)[0];
        switch (type)
        {
            case <= 0x7f: return type;
            case >= 0xe0: return (sbyte)type;
            case 0xd0: return (sbyte)Take(1)[0];
            case 0xd1: return BinaryPrimitives.ReadInt16BigEndian(Take(2));
            case 0xd2: return BinaryPrimitives.ReadInt32BigEndian(Take(4));
            case 0xd3: return BinaryPrimitives.ReadInt64BigEndian(Take(8));
            case >= 0xcc and <= 0xcf:
                var value = Unsigned(1 << (type - 0xcc));
                return value <= long.MaxValue ? (long)value : throw new MalformedReplyException($"{value} is too large");
            default: throw Unexpected(type, "a number");
        }
    }

    public ulong ReadUInt64()
    {
        if (Peek() == 0xcf)
        {
            Position++;
            return Unsigned(8);
        }

        var value = ReadInt64();
        return value >= 0 ? (ulong)value : throw new MalformedReplyException($"{value} is below zero");
    }

    /// <summary>A fraction, or a whole number: Lua does not tell 2.0 from 2.</summary>
    public double ReadDouble()
    {
        switch (Peek())
        {
            case 0xca:
                Position++;
                return BinaryPrimitives.ReadSingleBigEndian(Take(4));
            case 0xcb:
                Position++;
                return BinaryPrimitives.ReadDoubleBigEndian(Take(8));
            case 0xcf: return ReadUInt64();
            default: return ReadInt64();
        }
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    /// <summary>The bytes of a text, where they are.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var type = Take(1)[0];
        return type switch
        {
            >= 0xa0 and <= 0xbf => Take(type & 0x1f),
            0xd9 => Take(Unsigned(1)),
            0xda => Take(Unsigned(2)),
            0xdb => Take(Unsigned(4)),
            _ => throw Unexpected(type, "a text"),
        };
    }

    /// <summary>The bytes of a binary, where they are.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var type = Take(1)[0];
        return type switch
        {
            0xc4 => Take(Unsigned(1)),
            0xc5 => Take(Unsigned(2)),
            0xc6 => Take(Unsigned(4)),
            _ => throw Unexpected(type, "bytes"),
        };
    }

    public Guid ReadGuid()
    {
        var type = Take(1)[0];
        if (type != 0xd8 || Take(1)[0] != UuidExtension) throw Unexpected(type, "a UUID");
        return new Guid(Take(16), bigEndian: true);
    }

    /// <summary>The number of values that follow and belong to an array.</summary>
    public int ReadArrayHead()
    {
        var type = Take(1)[0];
        return type switch
        {
            >= 0x90 and <= 0x9f => Count((uint)(type & 0xf), 1),
            0xdc => Count(Unsigned(2), 1),
            0xdd => Count(Unsigned(4), 1),
            _ => throw Unexpected(type, "an array"),
        };
    }

    /// <summary>The number of pairs that follow and belong to a map.</summary>
    public int ReadMapHead()
    {
        var type = Take(1)[0];
        return type switch
        {
            >= 0x80 and <= 0x8f => Count((uint)(type & 0xf), 2),
            0xde => Count(Unsigned(2), 2),
            0xdf => Count(Unsigned(4), 2),
            _ => throw Unexpected(type, "a map"),
        };
    }

    /// <summary>Steps over one value, whatever it is. Nesting costs a counter and no stack.</summary>
    public void Skip()
    {
        for (var values = 1L; values > 0; values--) values += SkipHead();
    }

    /// <summary>Steps over a value without what it holds.</summary>
    /// <returns>The number of values that it holds.</returns>
    private int SkipHead()
    {
        var type = Peek();
        switch (type)
        {
            case (>= 0x90 and <= 0x9f) or 0xdc or 0xdd: return ReadArrayHead();
            case (>= 0x80 and <= 0x8f) or 0xde or 0xdf: return 2 * ReadMapHead();
            case (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb): ReadUtf8(); return 0;
            case >= 0xc4 and <= 0xc6: ReadBytes(); return 0;
        }

        Position++;
        switch (type)
        {
            case <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3: break;
            case >= 0xca and <= 0xcb: Take(4 << (type - 0xca)); break;
            case >= 0xcc and <= 0xcf: Take(1 << (type - 0xcc)); break;
            case >= 0xd0 and <= 0xd3: Take(1 << (type - 0xd0)); break;
            case >= 0xd4 and <= 0xd8: Take(1 + (1 << (type - 0xd4))); break;
            case >= 0xc7 and <= 0xc9: Take(1 + Unsigned(1 << (type - 0xc7))); break;
            default: throw Unexpected(type, "MessagePack");
        }

        return 0;
    }

    private readonly byte Peek() => Position < _bytes.Length ? _bytes[Position] : throw TooShort();

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position)) throw TooShort();
        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private ReadOnlySpan<byte> Take(int count) => Take((ulong)count);

    private ulong Unsigned(int bytes)
    {
        var value = 0UL;
        foreach (var part in Take(bytes)) value = (value << 8) | part;
        return value;
    }

    /// <summary>Each value has a byte at least: whoever makes room for so many can trust the number.</summary>
    private readonly int Count(ulong items, int valuesEach) =>
        items * (ulong)valuesEach <= (ulong)(_bytes.Length - Position) ? (int)items : throw TooShort();

    private readonly MalformedReplyException Unexpected(byte type, string wanted) =>
        new($"0x{type:x2} before byte {Position} is not {wanted}");

    private static MalformedReplyException TooShort() => new("the bytes end within a value");
}
