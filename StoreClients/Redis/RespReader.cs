using System.Buffers.Text;

namespace StoreClients.Redis;

/// <summary>Reads RESP2. A position in bytes of which the rest may not have come yet.</summary>
internal ref struct RespReader(ReadOnlySpan<byte> received)
{
    /// <summary>No reply of ours comes near; a length beyond is an attack or another protocol.</summary>
    public const int MostBulkBytes = 64 * 1024 * 1024;

    private const int MostItems = 1024 * 1024;
    private const int MostLineBytes = 64 * 1024;
    private const int MostDepth = 16;

    // The shortest reply there is, such as "+\r\n": an array can't have more items than its bytes can hold.
    private const int ShortestReplyBytes = 3;

    private readonly ReadOnlySpan<byte> _received = received;

    public int UsedBytes { get; private set; }

    /// <returns>False when the end of the reply has not come; nothing can be said about the position then.</returns>
    /// <exception cref="MalformedReplyException">This is no RESP2.</exception>
    public bool TryRead(out RedisReply reply) => TryRead(MostDepth, out reply);

    private bool TryRead(int depth, out RedisReply reply)
    {
        reply = RedisReply.Null;
        if (depth == 0) throw new MalformedReplyException($"arrays in arrays, deeper than {MostDepth}");
        if (!TryReadLine(out var type, out var line)) return false;
        switch ((char)type)
        {
            case '+':
                reply = new RedisReply(RedisReplyKind.Status, bytes: line.ToArray());
                return true;
            case '-':
                reply = new RedisReply(RedisReplyKind.Error, bytes: line.ToArray());
                return true;
            case ':':
                reply = new RedisReply(RedisReplyKind.Number, Number(line));
                return true;
            case '$':
                return TryReadBulk(Length(line, MostBulkBytes), out reply);
            case '*':
                return TryReadArray(Length(line, MostItems), depth, out reply);
            default:
                throw new MalformedReplyException($"a reply of type 0x{type:x2}");
        }
    }

    private bool TryReadBulk(int? length, out RedisReply reply)
    {
        reply = RedisReply.Null;
        if (length is not { } bytes) return true;
        var rest = _received[UsedBytes..];
        if (rest.Length < bytes + 2) return false;
        if (rest[bytes] != '\r' || rest[bytes + 1] != '\n') throw new MalformedReplyException($"no end after {bytes} bytes");
        reply = new RedisReply(RedisReplyKind.Bulk, bytes: rest[..bytes].ToArray());
        UsedBytes += bytes + 2;
        return true;
    }

    private bool TryReadArray(int? length, int depth, out RedisReply reply)
    {
        reply = RedisReply.Null;
        if (length is not { } count) return true;
        if (count > (_received.Length - UsedBytes) / ShortestReplyBytes) return false;
        var items = new RedisReply[count];
        for (var index = 0; index < count; index++)
        {
            if (!TryRead(depth - 1, out items[index])) return false;
        }

        reply = new RedisReply(RedisReplyKind.Array, items: items);
        return true;
    }

    private bool TryReadLine(out byte type, out ReadOnlySpan<byte> line)
    {
        type = 0;
        line = default;
        var rest = _received[UsedBytes..];
        if (rest.IsEmpty) return false;
        var length = rest.IndexOf((byte)'\n');
        if (length > MostLineBytes || (length < 0 && rest.Length > MostLineBytes))
        {
            throw new MalformedReplyException($"a line of more than {MostLineBytes} bytes");
        }

        type = rest[0];
        if (length < 0) return false;
        if (length < 2 || rest[length - 1] != '\r') throw new MalformedReplyException("a line that does not end with CR LF");
        line = rest[1..(length - 1)];
        UsedBytes += length + 1;
        return true;
    }

    private static int? Length(ReadOnlySpan<byte> line, int most)
    {
        var length = Number(line);
        if (length == -1) return null;
        return length >= 0 && length <= most
            ? (int)length
            : throw new MalformedReplyException($"a length of {length}; at most {most} is taken");
    }

    private static long Number(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out long value, out var used) && used == line.Length
            ? value
            : throw new MalformedReplyException("a number that is none");
}
