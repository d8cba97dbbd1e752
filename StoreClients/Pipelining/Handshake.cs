using System.Buffers;
using Transport;

namespace StoreClients.Pipelining;

/// <summary>The beginning of a connection: one thing said, one heard, in turn.</summary>
internal sealed class Handshake<TReply>(ClientSocket socket, IWire<TReply> wire)
{
    private const int ReceiveBytes = 4096;

    private ulong _calls;

    /// <summary>The ids that were given to calls so far.</summary>
    public ulong LastId => _calls;

    public async Task<byte[]> ReceiveAsync(int bytes)
    {
        var received = new byte[bytes];
        for (var count = 0; count < bytes;)
        {
            var more = await socket.ReceiveAsync(received.AsMemory(count));
            if (more == 0) throw new IOException("the store closed the connection at once");
            count += more;
        }

        return received;
    }

    public async Task<TReply> CallAsync(byte kind, ReadOnlyMemory<byte> body)
    {
        var output = new ArrayBufferWriter<byte>();
        wire.Frame(output, ++_calls, kind, body.Span);
        await socket.SendAsync(output.WrittenMemory);

        var received = new ReceivedBytes();
        while (true)
        {
            if (wire.TryRead(received.Span, out var used, out _, out var reply))
            {
                return used == received.Span.Length ? reply : throw new MalformedReplyException("more came than was asked for");
            }

            var count = await socket.ReceiveAsync(received.Free(ReceiveBytes));
            if (count == 0) throw new IOException("the store closed the connection at once");
            received.Add(count);
        }
    }
}
