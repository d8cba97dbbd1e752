using System.Text;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>
/// The layout on disk, DIR/user/namespace/b/blo/blob_i/blob_id, as the kernel takes it: bytes relative to DIR, zero-terminated.
/// </summary>
internal ref struct BlobPath(Span<byte> buffer)
{
    /// <summary>Room for the longest: three names, ten letters of prefixes, separators, a suffix and the zero.</summary>
    public const int MaxBytes = 640;

    /// <summary>How many directories lie between DIR and a blob.</summary>
    public const int LeafDepth = 5;

    private const int PrefixLength1 = 1;
    private const int PrefixLength2 = 3;
    private const int PrefixLength3 = 6;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>The path with its zero.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _buffer[..(_length + 1)];

    /// <summary>The directory that lies <paramref name="depth"/> below DIR, on the way to the blob.</summary>
    public static BlobPath ToDirectory(Span<byte> buffer, in BlobName name, int depth)
    {
        var path = new BlobPath(buffer);
        for (var level = 1; level <= depth; level++) path.Append(DirectoryName(name, level));
        return path;
    }

    public static BlobPath ToBlob(Span<byte> buffer, in BlobName name)
    {
        var path = ToDirectory(buffer, name, LeafDepth);
        path.Append(name.Id);
        return path;
    }

    /// <summary>One name on its own, to be used relative to its directory.</summary>
    public static BlobPath Of(Span<byte> buffer, ReadOnlySpan<char> name, ReadOnlySpan<char> suffix = default)
    {
        var path = new BlobPath(buffer);
        path.Append(name);
        path.AppendText(suffix);
        return path;
    }

    public static ReadOnlySpan<char> DirectoryName(BlobName name, int level) => level switch
    {
        1 => name.User,
        2 => name.Namespace,
        3 => Prefix(name.Id, PrefixLength1),
        4 => Prefix(name.Id, PrefixLength2),
        LeafDepth => Prefix(name.Id, PrefixLength3),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, $"a level is 1 to {LeafDepth}"),
    };

    private static ReadOnlySpan<char> Prefix(string id, int length) => id.AsSpan(0, Math.Min(length, id.Length));

    private void Append(scoped ReadOnlySpan<char> name)
    {
        if (_length > 0) _buffer[_length++] = (byte)'/';
        AppendText(name);
    }

    private void AppendText(scoped ReadOnlySpan<char> text)
    {
        _length += Encoding.UTF8.GetBytes(text, _buffer[_length..^1]);
        _buffer[_length] = 0;
    }
}
