using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RequestClient.Actions;
using RequestClient.Blobs;
using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>Sends a request, and the blob behind it right from the pad, as far as the socket takes it.</summary>
internal sealed unsafe class RequestSender(TcpConnection connection)
{
    private readonly byte[] _stamp = GC.AllocateArray<byte>(BlobContent.StampLength, pinned: true);
    private PreparedRequest _request = null!;
    private ulong _key;
    private long _sent;
    private long _length;

    public bool IsDone => _sent == _length;

    public void Begin(PreparedRequest request, ulong key)
    {
        _request = request;
        _key = key;
        _sent = 0;
        _length = request.Bytes.Length + (long)request.BlobLength;
        if (request.BlobLength > 0) BlobContent.WriteStamp(key, _stamp);
    }

    /// <summary>Sends until all is sent or the socket is full; false when the socket failed.</summary>
    public bool Send()
    {
        while (!IsDone)
        {
            var taken = _request.BlobLength == 0 ? SendHead() : SendPieces();
            if (taken == TcpConnection.WouldBlock) return true;
            if (taken < 0) return false;
            _sent += taken;
        }

        return true;
    }

    private int SendHead() => connection.Send(Pointer(_request.Bytes) + _sent, (int)(_length - _sent));

    /// <summary>Head, stamp, and up to two pieces of the pad, in one system call.</summary>
    private int SendPieces()
    {
        var headLength = _request.Bytes.Length;
        if (_sent < headLength) connection.AddPiece(Pointer(_request.Bytes) + _sent, (int)(headLength - _sent));
        var position = Math.Max(0, _sent - headLength);
        var stampLength = Math.Min(BlobContent.StampLength, _request.BlobLength);
        if (position < stampLength)
        {
            connection.AddPiece(Pointer(_stamp) + position, (int)(stampLength - position));
            position = stampLength;
        }

        for (var pieces = 0; pieces < 2 && position < _request.BlobLength; pieces++)
        {
            var piece = BlobContent.PadFrom(_key, position);
            var length = (int)Math.Min(piece.Length, _request.BlobLength - position);
            connection.AddPiece(Pointer(piece), length);
            position += length;
        }

        return connection.SendPieces();
    }

    /// <summary>Address of pinned memory.</summary>
    private static byte* Pointer(ReadOnlySpan<byte> pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pinned));
}
