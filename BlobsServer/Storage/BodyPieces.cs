using System.Buffers;
using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>
/// A request's body in pieces that are worth a system call each. Reading throws when the connection ends before the body
/// does. Whatever happens between two pieces, the reader is left so that Kestrel can answer and use the connection again.
/// </summary>
/// <param name="reader">Where the body comes from.</param>
/// <param name="announcedBytes">What Content-Length said, null when the body is chunked.</param>
internal sealed class BodyPieces(PipeReader reader, long? announcedBytes) : IDisposable
{
    /// <summary>Bodies up to this size come in one piece.</summary>
    public const int MaxPieceBytes = 64 * 1024;

    private SequencePosition _end;
    private bool _isHeld;

    /// <summary>Bytes of the body seen so far.</summary>
    public long SeenBytes { get; private set; }

    public bool IsAtEnd { get; private set; }

    /// <summary>The next piece; valid until the one after it is asked for.</summary>
    public async ValueTask<ReadOnlySequence<byte>> NextAsync()
    {
        Release();
        var wantedBytes = (int)Math.Min(announcedBytes - SeenBytes ?? MaxPieceBytes, MaxPieceBytes);
        var read = await reader.ReadAtLeastAsync(wantedBytes);
        var piece = read.Buffer;
        // In an upload of several blobs the next one may follow already.
        if (announcedBytes - SeenBytes is { } left && left < piece.Length) piece = piece.Slice(0, left);
        (_end, _isHeld) = (piece.End, true);
        SeenBytes += piece.Length;
        IsAtEnd = SeenBytes == announcedBytes || (read.IsCompleted && piece.Length == read.Buffer.Length);
        return piece;
    }

    public void Dispose() => Release();

    private void Release()
    {
        if (!_isHeld) return;
        _isHeld = false;
        reader.AdvanceTo(_end);
    }
}
