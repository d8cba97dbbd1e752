using System.Text;
using RequestClient.Blobs;
using RequestClient.Net;

namespace RequestClient.Actions;

/// <summary>
/// A request as it goes over the wire, made once for each connection: only the id is stamped in before it is sent.
/// A blob's bytes are no part of it; they are sent from the pad.
/// </summary>
internal sealed class PreparedRequest
{
    private const string IdPlace = "{id}";

    private readonly int[] _idOffsets;

    public PreparedRequest(Step step, Target target, string user, int blobLength, IReadOnlyList<string> headers)
    {
        Step = step;
        BlobLength = step.SendsBlob ? blobLength : 0;
        BodyLength = step.SendsText is { } body ? Encoding.UTF8.GetByteCount(body.Text) : BlobLength;
        IsHead = step.Method == "HEAD";
        var text = Compose(step, target, user, blobLength, headers);
        var pieces = text.Split(IdPlace);
        var blankId = new string('0', IdSequence.IdLength);
        var length = Encoding.UTF8.GetByteCount(text) + ((pieces.Length - 1) * (IdSequence.IdLength - IdPlace.Length));
        Bytes = GC.AllocateArray<byte>(length, pinned: true);
        _idOffsets = new int[pieces.Length - 1];
        var position = Encoding.UTF8.GetBytes(pieces[0], Bytes);
        for (var index = 1; index < pieces.Length; index++)
        {
            _idOffsets[index - 1] = position;
            position += Encoding.UTF8.GetBytes(blankId + pieces[index], Bytes.AsSpan(position));
        }
    }

    public Step Step { get; }

    /// <summary>Pinned: the kernel reads right from here.</summary>
    public byte[] Bytes { get; }

    /// <summary>Bytes of the blob that follow; 0 when none is sent.</summary>
    public int BlobLength { get; }

    /// <summary>Bytes of the body, whatever it is made of.</summary>
    public int BodyLength { get; }

    public bool IsHead { get; }

    public void Stamp(ReadOnlySpan<byte> id)
    {
        foreach (var offset in _idOffsets) id.CopyTo(Bytes.AsSpan(offset));
    }

    private static string Compose(Step step, Target target, string user, int blobLength, IReadOnlyList<string> headers)
    {
        var text = new StringBuilder();
        var path = target.PathPrefix + step.Path.Replace("{user}", user, StringComparison.Ordinal);
        text.Append(step.Method).Append(' ').Append(path).Append(" HTTP/1.1\r\n");
        text.Append("Host: ").Append(target.Host).Append("\r\n");
        foreach (var header in headers) text.Append(header).Append("\r\n");
        // A method that means a body says its length, also when that is 0 (RFC 9110 section 8.6).
        if (step.SendsBlob) AppendBody("application/octet-stream", blobLength);
        else if (step.SendsText is var (body, mediaType)) AppendBody(mediaType, Encoding.UTF8.GetByteCount(body));
        else if (step.Method is "PUT" or "POST" or "PATCH") text.Append("Content-Length: 0\r\n");
        return text.Append("\r\n").Append(step.SendsText?.Text).ToString();

        void AppendBody(string type, int length) =>
            text.Append("Content-Type: ").Append(type).Append("\r\nContent-Length: ").Append(length).Append("\r\n");
    }
}
