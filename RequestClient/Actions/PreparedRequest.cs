using System.Buffers.Text;
using System.Globalization;
using System.Text;
using RequestClient.Net;

namespace RequestClient.Actions;

/// <summary>
/// A request as it goes over the wire, made once for each connection: only what differs between operations is copied in before it
/// is sent. Where that is but the id, all else stays where it lies. A blob's bytes are no part of it; they are sent from the pad.
/// </summary>
internal sealed class PreparedRequest
{
    private const int MostLengthDigits = 10;

    private readonly OperationValues _values;
    private readonly FilledText _head;
    private readonly FilledText _body;
    private readonly bool _saysLength;

    /// <summary>Where ids stand; null where more than ids differs between operations.</summary>
    private readonly int[]? _idOffsets;

    public PreparedRequest(
        Step step, Target target, string user, int blobLength, IReadOnlyList<string> headers, OperationValues values)
    {
        Step = step;
        BlobLength = step.SendsBlob ? blobLength : 0;
        IsHead = step.Method == "HEAD";
        _values = values;
        var mediaType = step.SendsBlob ? "application/octet-stream" : step.SendsText?.MediaType;
        // A method that means a body says its length, also when that is 0 (RFC 9110 section 8.6).
        _saysLength = mediaType is not null || step.Method is "PUT" or "POST" or "PATCH";
        _head = new FilledText(Head(step, target, [.. headers, .. step.Headers], mediaType), step.Places, user, values);
        _body = new FilledText(step.SendsText?.Text ?? "", step.Places, user, values);
        Bytes = [];
        if (!_head.HasFixedLength || !_body.HasFixedLength) return;
        Write();
        _idOffsets = [.. _head.IdOffsets(0), .. _body.IdOffsets(Length - _body.Length)];
    }

    public Step Step { get; }

    /// <summary>Pinned: the kernel reads right from here.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>How many of the bytes are the request.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of the blob that follow; 0 when none is sent.</summary>
    public int BlobLength { get; }

    /// <summary>Bytes of the body, whatever it is made of.</summary>
    public int BodyLength { get; private set; }

    public bool IsHead { get; }

    /// <summary>Whether the operation kept all that belongs into it: a request that lacks something is left out.</summary>
    public bool CanBeSent => _idOffsets is not null || (_head.CanBeFilled && _body.CanBeFilled);

    /// <summary>Columns that stand before the body, where not every byte may stand.</summary>
    public IEnumerable<int> HeadColumns => _head.Columns;

    /// <summary>Makes it the operation's.</summary>
    public void Fill()
    {
        if (_idOffsets is null) Write();
        else foreach (var offset in _idOffsets) _values.Id.CopyTo(Bytes.AsSpan(offset));
    }

    private void Write()
    {
        var bodyLength = _body.Length;
        BodyLength = BlobLength + bodyLength;
        var most = _head.Length + MostLengthDigits + 4 + bodyLength;
        if (most > Bytes.Length)
            Bytes = GC.AllocateArray<byte>(_idOffsets is null && Bytes.Length > 0 ? most * 2 : most, pinned: true);
        var at = _head.Write(Bytes);
        if (_saysLength)
        {
            Utf8Formatter.TryFormat(BodyLength, Bytes.AsSpan(at), out var digits);
            at += digits;
            "\r\n\r\n"u8.CopyTo(Bytes.AsSpan(at));
            at += 4;
        }

        Length = at + _body.Write(Bytes.AsSpan(at));
    }

    /// <summary>
    /// All that stands before the body; where its length is said, that is the last field, and the number is still missing.
    /// </summary>
    private string Head(Step step, Target target, IReadOnlyList<string> headers, string? mediaType)
    {
        var text = new StringBuilder();
        // What a reply said of a path says all of it.
        var prefix = step.Path[0] == '/' ? target.PathPrefix : "";
        text.Append(CultureInfo.InvariantCulture, $"{step.Method} {prefix}{step.Path} HTTP/1.1\r\nHost: {target.Host}\r\n");
        foreach (var header in headers) text.Append(header).Append("\r\n");
        if (mediaType is not null && !headers.Any(header => HeaderText.IsOf(header, "Content-Type")))
            text.Append("Content-Type: ").Append(mediaType).Append("\r\n");
        return text.Append(_saysLength ? "Content-Length: " : "\r\n").ToString();
    }
}
