using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using StoreClients.Pipelining;

namespace StoreClients.Tarantool;

/// <summary>
/// Packets of Tarantool's binary protocol: length, header, body. A call carries a number (sync) and so does its reply;
/// replies come in any order.
/// </summary>
internal sealed class TarantoolWire(StoreUrl url, TarantoolSchema? schema) : IWire<TarantoolReply>
{
    private const int MostPacketBytes = 64 * 1024 * 1024;
    private const int LengthBytes = 5; // always written as 0xce and four bytes, so that it can be set afterwards

    public async Task OpenAsync(Handshake<TarantoolReply> handshake)
    {
        var salt = ChapSha1.SaltOf(await handshake.ReceiveAsync(ChapSha1.GreetingBytes));
        if (url.User is { } user)
        {
            var proof = ChapSha1.Scramble(url.Password ?? "", salt);
            await SayAsync(handshake, Code.Authenticate, Body(Code.User, user, ["chap-sha1", proof]));
        }

        // Lua functions live in the server's memory: a server that was started again has none.
        if (schema is not null)
        {
            await SayAsync(handshake, Code.Evaluate, Body(Code.Expression, schema.Installation, []));
        }
    }

    public void Frame(IBufferWriter<byte> output, ulong id, byte kind, ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[LengthBytes + 1 + 2 + 1 + 9];
        head[5] = 0x82;
        head[6] = Code.Type;
        head[7] = kind;
        head[8] = Code.Sync;
        head[9] = 0xcf;
        BinaryPrimitives.WriteUInt64BigEndian(head[10..], id);
        head[0] = 0xce;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], head.Length - LengthBytes + body.Length);
        output.Write(head);
        output.Write(body);
    }

    public bool TryRead(ReadOnlySpan<byte> received, out int usedBytes, out ulong id, out TarantoolReply reply)
    {
        (usedBytes, id, reply) = (0, 0, default);
        if (received.Length < LengthBytes) return false;
        var length = new MessagePackReader(received);
        var packetBytes = length.ReadUInt64();
        if (packetBytes > MostPacketBytes)
            throw new MalformedReplyException($"a packet of {packetBytes} bytes; at most {MostPacketBytes} are taken");
        if ((ulong)(received.Length - length.Position) < packetBytes) return false;
        usedBytes = length.Position + (int)packetBytes;

        var packet = received[length.Position..usedBytes];
        var reader = new MessagePackReader(packet);
        var type = ReadHeader(ref reader, out id);
        reply = ReadBody(type, ref reader, packet);
        return true;
    }

    /// <summary>The body of a call: what is called, and the arguments.</summary>
    public static ReadOnlySpan<byte> Write(
        ArrayBufferWriter<byte> output, byte nameKey, string name, ReadOnlySpan<StoreValue> arguments)
    {
        output.ResetWrittenCount();
        var writer = new MessagePackWriter(output);
        writer.WriteMapHead(2);
        writer.Write(nameKey);
        writer.Write(name);
        writer.Write(Code.Arguments);
        writer.WriteArray(arguments);
        return output.WrittenSpan;
    }

    private static byte[] Body(byte nameKey, string name, StoreValue[] arguments) =>
        Write(new ArrayBufferWriter<byte>(), nameKey, name, arguments).ToArray();

    private static async Task SayAsync(
        Handshake<TarantoolReply> handshake, byte kind, byte[] body) =>
        TarantoolClient.ThrowIfError(await handshake.CallAsync(kind, body));

    private static ulong ReadHeader(ref MessagePackReader reader, out ulong id)
    {
        (ulong? type, ulong? sync) = (null, null);
        for (var pairs = reader.ReadMapHead(); pairs > 0; pairs--)
        {
            var key = reader.ReadUInt64();
            if (key == Code.Type) type = reader.ReadUInt64();
            else if (key == Code.Sync) sync = reader.ReadUInt64();
            else reader.Skip();
        }

        id = sync ?? throw new MalformedReplyException("a reply without the number of its call");
        return type ?? throw new MalformedReplyException("a reply without a type");
    }

    private static TarantoolReply ReadBody(ulong type, ref MessagePackReader reader, ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> data = [];
        var error = "";
        for (var pairs = reader.IsAtEnd ? 0 : reader.ReadMapHead(); pairs > 0; pairs--)
        {
            var key = reader.ReadUInt64();
            var start = reader.Position;
            if (key == Code.Error) error = reader.ReadString();
            else reader.Skip();
            if (key == Code.Data) data = packet[start..reader.Position];
        }

        if (type == 0) return new TarantoolReply(data.ToArray());
        if ((type & Code.ErrorBit) == 0)
            throw new MalformedReplyException($"a reply of type {type.ToString(CultureInfo.InvariantCulture)}");
        return new TarantoolReply((int)(type & ~Code.ErrorBit), error);
    }
}
