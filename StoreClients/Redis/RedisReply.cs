using System.Globalization;
using System.Text;

namespace StoreClients.Redis;

/// <summary>A reply of Redis, read by what one expects it to be.</summary>
public sealed class RedisReply
{
    private readonly long _integer;
    private readonly byte[] _bytes;
    private readonly RedisReply[] _items;

    internal RedisReply(RedisReplyKind kind, long integer = 0, byte[]? bytes = null, RedisReply[]? items = null)
    {
        Kind = kind;
        _integer = integer;
        _bytes = bytes ?? [];
        _items = items ?? [];
    }

    internal static RedisReply Null { get; } = new(RedisReplyKind.Null);

    public RedisReplyKind Kind { get; }

    public bool IsNull => Kind == RedisReplyKind.Null;

    /// <summary>A number, also one that came as text, as the values of keys do.</summary>
    /// <exception cref="MalformedReplyException">It is none.</exception>
    public long AsInteger()
    {
        if (Kind == RedisReplyKind.Number) return _integer;
        if (Kind == RedisReplyKind.Bulk && long.TryParse(_bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }
        throw Unexpected("a number");
    }

    /// <summary>The bytes of a bulk or a status; null for null.</summary>
    public byte[]? AsBytes() => Kind switch
    {
        RedisReplyKind.Null => null,
        RedisReplyKind.Bulk or RedisReplyKind.Status or RedisReplyKind.Error => _bytes,
        _ => throw Unexpected("bytes"),
    };

    /// <summary>As <see cref="AsBytes"/>, read as UTF-8.</summary>
    public string? AsText() => AsBytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public IReadOnlyList<RedisReply> AsArray() => Kind == RedisReplyKind.Array ? _items : throw Unexpected("an array");

    private MalformedReplyException Unexpected(string wanted) => new($"the reply is of kind {Kind} and not {wanted}");
}
