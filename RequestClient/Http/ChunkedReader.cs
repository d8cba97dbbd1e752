namespace RequestClient.Http;

/// <summary>Reads a body in chunked coding from pieces that may be cut anywhere (RFC 9112 section 7.1).</summary>
internal sealed class ChunkedReader
{
    /// <summary>A size line with its extensions, or all trailers together, that are longer are an attack or garbage.</summary>
    private const int MaxLineLength = 4096;

    private enum Part
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataCarriageReturn,
        DataLineFeed,
        TrailerStart,
        Trailer,
        TrailerLineFeed,
        LastLineFeed,
        Done,
    }

    private IBodyReader _body = null!;
    private Part _part;
    private ulong _left;
    private int _digits;
    private int _lineLength;

    public bool IsComplete => _part == Part.Done;

    public void Begin(IBodyReader body)
    {
        _body = body;
        BeginSize();
    }

    /// <summary>Takes what belongs to the body off the front; gives what is malformed, or null.</summary>
    public string? Read(ref ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && _part != Part.Done)
        {
            if (_part == Part.Data)
            {
                ReadData(ref bytes);
                continue;
            }

            if (++_lineLength > MaxLineLength) return "a chunk's line or trailers of more than 4096 bytes";
            var problem = Step(bytes[0]);
            if (problem is not null) return problem;
            bytes = bytes[1..];
        }

        return null;
    }

    private void ReadData(ref ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(_left, (ulong)bytes.Length);
        _body.Take(bytes[..taken]);
        bytes = bytes[taken..];
        _left -= (ulong)taken;
        if (_left == 0) _part = Part.DataCarriageReturn;
    }

    private string? Step(byte next)
    {
        switch (_part)
        {
            case Part.Size:
                return Size(next);
            case Part.Extension:
                if (next == '\r') _part = Part.SizeEnd;
                return next == '\n' ? "a chunk size line without CR" : null;
            case Part.SizeEnd:
                _part = _left == 0 ? Part.TrailerStart : Part.Data;
                _lineLength = 0;
                return next == '\n' ? null : "a chunk size line without LF";
            case Part.DataCarriageReturn:
                _part = Part.DataLineFeed;
                return next == '\r' ? null : "a chunk longer than its size";
            case Part.DataLineFeed:
                BeginSize();
                return next == '\n' ? null : "a chunk without CRLF at its end";
            case Part.TrailerStart:
                _part = next == '\r' ? Part.LastLineFeed : Part.Trailer;
                return null;
            case Part.Trailer:
                if (next == '\r') _part = Part.TrailerLineFeed;
                return null;
            case Part.TrailerLineFeed:
                _part = Part.TrailerStart;
                return next == '\n' ? null : "a trailer without LF";
            default:
                _part = Part.Done;
                return next == '\n' ? null : "a chunked body without its last LF";
        }
    }

    private string? Size(byte next)
    {
        if (char.IsAsciiHexDigit((char)next))
        {
            _left = (_left << 4) | (uint)(next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
            return ++_digits > 15 ? "a chunk size of more than 15 digits" : null;
        }

        if (_digits == 0) return "a chunk without a size";
        if (next is not ((byte)'\r' or (byte)';' or (byte)' ' or (byte)'\t')) return "a chunk size that is no number";
        _part = next == '\r' ? Part.SizeEnd : Part.Extension;
        return null;
    }

    private void BeginSize()
    {
        _part = Part.Size;
        _left = 0;
        _digits = 0;
        _lineLength = 0;
    }
}
