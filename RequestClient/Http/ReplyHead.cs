using System.Buffers.Text;
using System.Text;

namespace RequestClient.Http;

/// <summary>What a client must know from the status line and the header fields of a reply.</summary>
internal struct ReplyHead
{
    public int Status;

    /// <summary>Body bytes announced; null without Content-Length.</summary>
    public long? ContentLength;
    public bool Chunked;

    /// <summary>Whether the connection can carry another request (RFC 9112 section 9.3).</summary>
    public bool KeepAlive;

    /// <summary>An interim reply; the final one follows (RFC 9110 section 15.2).</summary>
    public readonly bool IsInterim => Status is >= 100 and < 200 and not 101;

    /// <summary>Replies that never have a body, whatever their fields say (RFC 9112 section 6.3).</summary>
    public readonly bool IsBodiless => Status is 204 or 304 or (>= 100 and < 200);

    /// <summary>
    /// Reads a head, from the status line to the end of the last field line, its line end included.
    /// Gives null when it is right, otherwise what is wrong with it.
    /// </summary>
    public static string? Parse(ReadOnlySpan<byte> text, out ReplyHead head)
    {
        head = default;
        // HTTP-version SP 3DIGIT SP [ reason ]; many servers leave the last space out.
        if (text.Length < 14 || !text.StartsWith("HTTP/1."u8) || text[7] is not ((byte)'0' or (byte)'1') || text[8] != ' ')
            return "no HTTP/1.x status line";
        var isNumber = Utf8Parser.TryParse(text[9..12], out head.Status, out var digits) && digits == 3 && head.Status >= 100;
        if (!isNumber || text[12] is not ((byte)' ' or (byte)'\r'))
            return "no three-digit status";
        head.KeepAlive = text[7] == '1';

        text = text[(text.IndexOf((byte)'\n') + 1)..];
        while (text.Length > 0)
        {
            var end = text.IndexOf((byte)'\n');
            // A bare LF ends no line here: a proxy that reads it otherwise would see another message than we do.
            if (end < 1 || text[end - 1] != '\r') return "a header line without CRLF";
            var problem = head.ParseField(text[..(end - 1)]);
            if (problem is not null) return problem;
            text = text[(end + 1)..];
        }

        return head.Chunked && head.ContentLength is not null ? "Content-Length together with Transfer-Encoding" : null;
    }

    private string? ParseField(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 1 || line[0] is (byte)' ' or (byte)'\t' || line[colon - 1] is (byte)' ' or (byte)'\t')
            return "a header line without a name";
        // Only fields of these lengths are looked at: the others cost one search for their colon.
        return colon switch
        {
            10 when Ascii.EqualsIgnoreCase(line[..colon], "connection"u8) => ParseConnection(Trim(line[(colon + 1)..])),
            14 when Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8) => ParseLength(Trim(line[(colon + 1)..])),
            17 when Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8) => ParseCoding(Trim(line[(colon + 1)..])),
            _ => null,
        };
    }

    private string? ParseLength(ReadOnlySpan<byte> value)
    {
        // The parser would take a sign; the grammar takes digits only.
        if (value.Length == 0 || value[0] is < (byte)'0' or > (byte)'9'
            || !Utf8Parser.TryParse(value, out long length, out var used) || used != value.Length)
        {
            return "a Content-Length that is no number";
        }

        if (ContentLength is { } earlier && earlier != length) return "two Content-Lengths that differ";
        ContentLength = length;
        return null;
    }

    private string? ParseCoding(ReadOnlySpan<byte> value)
    {
        if (Chunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8)) return "a Transfer-Encoding other than chunked";
        Chunked = true;
        return null;
    }

    private string? ParseConnection(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)','))
        {
            var token = Trim(value[range]);
            if (Ascii.EqualsIgnoreCase(token, "close"u8)) KeepAlive = false;
            else if (Ascii.EqualsIgnoreCase(token, "keep-alive"u8)) KeepAlive = true;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);
}
