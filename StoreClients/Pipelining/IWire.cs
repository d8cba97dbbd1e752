using System.Buffers;

namespace StoreClients.Pipelining;

/// <summary>A store's protocol on one socket. A new one is made for each socket, so it may count.</summary>
internal interface IWire<TReply>
{
    /// <summary>What is said before the first call: greeting, who we are, what we need.</summary>
    Task OpenAsync(Handshake<TReply> handshake);

    /// <summary>Writes a call.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="id">By which its reply will be known; one more than that of the call before.</param>
    /// <param name="kind">What is asked for, where the protocol says that outside of the body.</param>
    /// <param name="body">The call, encoded.</param>
    void Frame(IBufferWriter<byte> output, ulong id, byte kind, ReadOnlySpan<byte> body);

    /// <summary>Reads the reply at the beginning of what was received.</summary>
    /// <returns>False when its end has not come yet.</returns>
    /// <exception cref="MalformedReplyException">This is no reply.</exception>
    bool TryRead(ReadOnlySpan<byte> received, out int usedBytes, out ulong id, out TReply reply);
}
