using System.Buffers;
using StoreClients.Pipelining;

namespace StoreClients.Redis;

/// <summary>Redis answers in the order of the calls: the number of a reply is the number of its call.</summary>
internal sealed class RedisWire(StoreUrl url) : IWire<RedisReply>
{
    private ulong _replies;

    public async Task OpenAsync(Handshake<RedisReply> handshake)
    {
        if (url.Password is { } password)
        {
            await SayAsync(handshake, "AUTH", url.User is { } user ? [user, password] : [password]);
        }
        if (url.Database is { } database) await SayAsync(handshake, "SELECT", [database]);

        // A server that is still reading its file takes connections and refuses commands: that is not serving.
        await SayAsync(handshake, "PING", []);
    }

    public void Frame(IBufferWriter<byte> output, ulong id, byte kind, ReadOnlySpan<byte> body) => output.Write(body);

    public bool TryRead(ReadOnlySpan<byte> received, out int usedBytes, out ulong id, out RedisReply reply)
    {
        var reader = new RespReader(received);
        var isWhole = reader.TryRead(out reply);
        if (isWhole) _replies++;
        (usedBytes, id) = (reader.UsedBytes, _replies);
        return isWhole;
    }

    private static async Task SayAsync(
        Handshake<RedisReply> handshake, string command, StoreValue[] arguments)
    {
        var body = new ArrayBufferWriter<byte>();
        RespWriter.Write(body, command, arguments);
        RedisClient.ThrowIfError(await handshake.CallAsync(0, body.WrittenMemory));
    }
}
