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
    private const string UserPlace = "{user}";

    private readonly int[] _idOffsets;

    public PreparedRequest(Step step, Target target, string user, int blobLength, IReadOnlyList<string> headers)
    {
        Step = step;
        BlobLength = step.SendsBlob ? blobLength : 0;
        var body = step.SendsText?.Text.Replace(UserPlace, user, StringComparison.Ordinal);
        BodyLength = body is null ? BlobLength : StampedLength(body);
        IsHead = step.Method == "HEAD";
        var text = Head(target, user, headers) + body;
        var pieces = text.Split(IdPlace);
        var blankId = new string('0', IdSequence.IdLength);
        Bytes = GC.AllocateArray<byte>(StampedLength(text), pinned: true);
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

    /// <summary>Bytes of a text once ids stand in their places.</summary>
    private static int StampedLength(string text) =>
        Encoding.UTF8.GetByteCount(text) + ((text.Split(IdPlace).Length - 1) * (IdSequence.IdLength - IdPlace.Length));

    private string Head(Target target, string user, IReadOnlyList<string> headers)
    {
        var text = new StringBuilder();
        var path = target.PathPrefix + Step.Path.Replace(UserPlace, user, StringComparison.Ordinal);
        text.Append(Step.Method).Append(' ').Append(path).Append(" HTTP/1.1\r\n");
        text.Append("Host: ").Append(target.Host).Append("\r\n");
        foreach (var header in headers) text.Append(header).Append("\r\n");
        var mediaType = Step.SendsBlob ? "application/octet-stream" : Step.SendsText?.MediaType;
        if (mediaType is not null) text.Append("Content-Type: ").Append(mediaType).Append("\r\n");
        // A method that means a body says its length, also when that is 0 (RFC 9110 section 8.6).
        if (mediaType is not null || Step.Method is "PUT" or "POST" or "PATCH")
            text.Append("Content-Length: ").Append(BodyLength).Append("\r\n");
        return text.Append("\r\n").ToString();
    }
}
