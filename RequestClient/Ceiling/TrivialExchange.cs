using System.Buffers.Text;
using RequestClient.Load;
using RequestClient.Net;

namespace RequestClient.Ceiling;

/// <summary>One connection of the trivial server: the request that comes in, the reply that goes out.</summary>
internal sealed unsafe class TrivialExchange(TcpConnection connection, TrivialReplies replies)
{
    private readonly MessageSender _sender = new(connection);
    private long _bodyLeft;
    private bool _isReplying;

    /// <summary>Reads and answers what is there; false when the connection has ended or speaks something else.</summary>
    public bool Go(byte* buffer, int length, bool isClosing)
    {
        if (_isReplying && !Send()) return false;
        while (true)
        {
            var received = connection.Receive(buffer, length);
            if (received == TcpConnection.WouldBlock) return true;
            if (received <= 0 || !Take(new ReadOnlySpan<byte>(buffer, received))) return false;
            if (received < length && !isClosing) return true;
        }
    }

    private bool Take(ReadOnlySpan<byte> bytes)
    {
        if (_bodyLeft == 0)
        {
            // This client sends a head with one system call, and one request at a time: it is here whole or it is not ours.
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0) return false;
            var head = bytes[..end];
            bytes = bytes[(end + 4)..];
            Choose(head);
            _bodyLeft = ContentLength(head);
        }

        if (bytes.Length > _bodyLeft) return false;
        _bodyLeft -= bytes.Length;
        return _bodyLeft > 0 || Send();
    }

    private void Choose(ReadOnlySpan<byte> head)
    {
        var path = head[(head.IndexOf((byte)' ') + 1)..];
        path = path[..path.IndexOf((byte)' ')];
        if (!head.StartsWith("GET "u8) || path.Length == 1) _sender.Begin(replies.Empty, blobLength: 0, key: 0);
        else if (path[^1] == '/') _sender.Begin(replies.Listing, blobLength: 0, key: 0);
        else _sender.Begin(replies.BlobHead, replies.BlobLength, replies.Key(path));
    }

    private static long ContentLength(ReadOnlySpan<byte> head)
    {
        var field = head.IndexOf("\r\nContent-Length: "u8);
        return field >= 0 && Utf8Parser.TryParse(head[(field + 18)..], out long length, out _) ? length : 0;
    }

    private bool Send()
    {
        var isSent = _sender.Send();
        _isReplying = !_sender.IsDone;
        return isSent;
    }
}
