using System.Buffers;
using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>
/// A body on its way into a store: in pieces that are worth a system call each, counted, digested and judged. Reading throws
/// when the connection ends before the body does. Whatever happens between two pieces, the reader is left so that Kestrel
/// can answer and use the connection again.
/// </summary>
internal sealed class BodyIntake : IDisposable
{
    /// <summary>Bodies up to this size come in one piece.</summary>
    public const int MaxPieceBytes = 64 * 1024;

    private readonly PipeReader _reader;
    private readonly long? _announcedBytes;
    private readonly long _maxBytes;
    private readonly RunningDigest[] _digests;
    private readonly byte[] _last = new byte[BlobTag.Bytes];
    private int _lastCount;
    private SequencePosition _end;
    private bool _isHeld;

    public BodyIntake(PutRequest request, long maxBytes)
    {
        (_reader, _announcedBytes, _maxBytes) = (request.Body, request.AnnouncedBytes, maxBytes);
        _digests = request.Digests.Count == 0 ? [] : [.. request.Digests.Select(digest => new RunningDigest(digest))];
    }

    /// <summary>Bytes of the body seen so far.</summary>
    public long SeenBytes { get; private set; }

    /// <summary>Whether the piece is the last one.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The tag of what was seen so far.</summary>
    public string Tag => BlobTag.Of(_last.AsSpan(0, _lastCount));

    /// <summary>The piece that was read last; valid until the next is asked for.</summary>
    public ReadOnlySequence<byte> Piece { get; private set; }

    /// <summary>Reads the next piece; the reason for which the body is refused, null while there is none.</summary>
    public async ValueTask<PutResult?> ReadAsync(CancellationToken cancellationToken)
    {
        Release();
        var wantedBytes = (int)Math.Min(_announcedBytes - SeenBytes ?? MaxPieceBytes, MaxPieceBytes);
        var read = await _reader.ReadAtLeastAsync(wantedBytes, cancellationToken);
        var piece = read.Buffer;
        // In an upload of several blobs the next one may follow already.
        if (_announcedBytes - SeenBytes is { } left && left < piece.Length) piece = piece.Slice(0, left);
        (_end, _isHeld) = (piece.End, true);
        SeenBytes += piece.Length;
        IsAtEnd = SeenBytes == _announcedBytes || (read.IsCompleted && piece.Length == read.Buffer.Length);
        Piece = piece;
        KeepLast(piece);
        return Judge();
    }

    public void Dispose()
    {
        Release();
        foreach (var digest in _digests) digest.Dispose();
    }

    private PutResult? Judge()
    {
        if (SeenBytes > _maxBytes) return new(PutOutcome.TooLarge);
        foreach (var digest in _digests) digest.Append(Piece);
        if (!IsAtEnd) return null;
        if (_announcedBytes is not null && SeenBytes != _announcedBytes) return new(PutOutcome.Incomplete);
        var wrong = Array.Find(_digests, digest => !digest.IsRight());
        return wrong is null ? null : new(PutOutcome.DigestMismatch, WrongDigestHeader: wrong.Header);
    }

    private void KeepLast(in ReadOnlySequence<byte> piece)
    {
        var coming = (int)Math.Min(piece.Length, BlobTag.Bytes);
        var staying = Math.Min(_lastCount, BlobTag.Bytes - coming);
        _last.AsSpan(_lastCount - staying, staying).CopyTo(_last);
        piece.Slice(piece.Length - coming).CopyTo(_last.AsSpan(staying));
        _lastCount = staying + coming;
    }

    private void Release()
    {
        if (!_isHeld) return;
        _isHeld = false;
        _reader.AdvanceTo(_end);
    }
}
