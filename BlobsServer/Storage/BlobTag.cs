namespace BlobsServer.Storage;

/// <summary>
/// URL-safe base64, padded, of a blob's last 16 bytes, or of all when there are fewer: the authentication tag of what
/// Soledad encrypts. Somebody who knows his bytes can recognise them by tag and size.
/// </summary>
internal static class BlobTag
{
    public const int Bytes = 16;

    private const int MaxLength = 24;

    public static string Of(ReadOnlySpan<byte> end)
    {
        Span<char> text = stackalloc char[MaxLength];
        Convert.TryToBase64Chars(end[^Math.Min(Bytes, end.Length)..], text, out var length);
        text = text[..length];
        text.Replace('+', '-');
        text.Replace('/', '_');
        return text.ToString();
    }

    /// <summary>How long the tag of a blob of this size is.</summary>
    public static int LengthOf(long sizeBytes) => ((int)Math.Min(Bytes, sizeBytes) + 2) / 3 * 4;
}
