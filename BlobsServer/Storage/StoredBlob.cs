using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>What a blob's headers say of it.</summary>
/// <param name="SizeBytes">Content-Length.</param>
/// <param name="ModifiedNanoseconds">When it was written, since 1970 (UTC).</param>
/// <param name="Tag">URL-safe base64, padded, of its last 16 bytes: the authentication tag of what Soledad encrypts.</param>
internal sealed record StoredBlob(long SizeBytes, long ModifiedNanoseconds, string Tag)
{
    public const int TagBytes = 16;

    private const long NanosecondsPerTick = 100;

    /// <summary>
    /// A strong validator (RFC 9110, 8.8.3). A blob never changes while it has its name; size, tag and time tell it from
    /// one that is stored under the same name later. Somebody who knows his bytes can recognise them by tag and size.
    /// </summary>
    public string ETag => $"\"{Tag}-{SizeBytes:x}-{ModifiedNanoseconds:x}\"";

    public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch.AddTicks(ModifiedNanoseconds / NanosecondsPerTick);

    public static StoredBlob Of(OpenFile file)
    {
        var status = file.Status();
        Span<byte> last = stackalloc byte[TagBytes];
        var read = file.ReadAt(last, Math.Max(0, status.SizeBytes - TagBytes));
        return new(status.SizeBytes, status.ModifiedNanoseconds, TagOf(last[..read]));
    }

    public static string TagOf(ReadOnlySpan<byte> end)
    {
        Span<char> text = stackalloc char[24];
        Convert.TryToBase64Chars(end[^Math.Min(TagBytes, end.Length)..], text, out var length);
        text = text[..length];
        text.Replace('+', '-');
        text.Replace('/', '_');
        return text.ToString();
    }
}
