using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RequestClient.Blobs;
using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>Sends a message, and the blob behind it right from the pad, as far as the socket takes it.</summary>
internal sealed unsafe class MessageSender(TcpConnection connection)
{
    private readonly byte[] _stamp = GC.AllocateArray<byte>(BlobContent.StampLength, pinned: true);
    private byte[] _head = [];
    private int _headLength;
    private int _blobLength;
    private ulong _key;
    private long _sent;
    private long _length;

    public bool IsDone => _sent == _length;

    /// <summary>Gets ready to send all of pinned bytes, and behind them a blob when its length is not 0.</summary>
    public void Begin(byte[] head, int blobLength, ulong key) => Begin(head, head.Length, blobLength, key);

    /// <summary>Gets ready to send the first of pinned bytes, and behind them a blob when its length is not 0.</summary>
    public void Begin(byte[] head, int headLength, int blobLength, ulong key)
    {
        _head = head;
        _headLength = headLength;
        _blobLength = blobLength;
        _key = key;
        _sent = 0;
        _length = headLength + (long)blobLength;
        if (blobLength > 0) BlobContent.WriteStamp(key, _stamp);
    }

    /// <summary>Sends until all is sent or the socket is full; false when the socket failed.</summary>
    public bool Send()
    {
        while (!IsDone)
        {
            var taken = _blobLength == 0 ? SendHead() : SendPieces();
            if (taken == TcpConnection.WouldBlock) return true;
            if (taken < 0) return false;
            _sent += taken;
        }

        return true;
    }

    private int SendHead() => connection.Send(Pointer(_head) + _sent, (int)(_length - _sent));

    /// <summary>Head, stamp, and up to two pieces of the pad, in one system call.</summary>
    private int SendPieces()
    {
        if (_sent < _headLength) connection.AddPiece(Pointer(_head) + _sent, (int)(_headLength - _sent));
        var position = Math.Max(0, _sent - _headLength);
        var stampLength = Math.Min(BlobContent.StampLength, _blobLength);
        if (position < stampLength)
        {
            connection.AddPiece(Pointer(_stamp) + position, (int)(stampLength - position));
            position = stampLength;
        }

        for (var pieces = 0; pieces < 2 && position < _blobLength; pieces++)
        {
            var piece = BlobContent.PadFrom(_key, position);
            var length = (int)Math.Min(piece.Length, _blobLength - position);
            connection.AddPiece(Pointer(piece), length);
            position += length;
        }

        return connection.SendPieces();
    }

    /// <summary>Address of pinned memory.</summary>
    private static byte* Pointer(ReadOnlySpan<byte> pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pinned));
}
