using System.Buffers;
using FsCheck.Fluent;
using StoreClients.Tarantool;

namespace StoreClients.Tests.Tarantool;

public sealed class TarantoolWireTests
{
    private static readonly FsCheck.Gen<byte[]> AnyBytes = Gen.Choose(0, 255).ArrayOf()
        .Select(all => Array.ConvertAll(all, one => (byte)one));

    [Fact]
    public void TryRead_Reply_ItsCallAndItsData()
    {
        var packet = Packet(new byte[] { 0x83, 0x00, 0x00, 0x01, 0x07, 0x05, 0x50, 0x81, 0x30, 0x92, 0x01, 0xa1, 0x61 });
        Assert.True(Wire().TryRead([.. packet, 0xce], out var used, out var id, out var reply));
        Assert.Equal((packet.Length, 7UL), (used, id));
        var results = reply.ReadResults(leastResults: 2);
        Assert.Equal((1, "a"), (results.ReadInt64(), results.ReadString()));
    }

    [Fact]
    public void TryRead_Error_ItsNumberAndItsText()
    {
        var packet = Packet([0x82, 0x00, 0xcd, 0x80, 0x03, 0x01, 0x07, 0x81, 0x31, 0xa3, .. "dup"u8]);
        Assert.True(Wire().TryRead(packet, out _, out _, out var reply));
        Assert.Equal((3, "dup"), (reply.ErrorNumber, reply.ErrorMessage));
    }

    [Fact]
    public void TryRead_AnyBeginningOfAReply_WaitsForTheRest()
    {
        var packet = Packet(new byte[] { 0x82, 0x00, 0x00, 0x01, 0x07, 0x81, 0x30, 0x90 });
        for (var length = 0; length < packet.Length; length++)
            Assert.False(Wire().TryRead(packet.AsSpan(0, length), out _, out _, out _));
    }

    [Fact]
    public void TryRead_AnyPacket_AReplyOrRefused() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(AnyBytes.ToArbitrary(), content =>
        {
            var packet = Packet(content);
            try
            {
                return Wire().TryRead(packet, out var used, out _, out _) && used == packet.Length;
            }
            catch (MalformedReplyException)
            {
                return true;
            }
        }));

    [Theory]
    [InlineData(new byte[] { 0xce, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0xa5, 0x48, 0x65, 0x6c, 0x6c, 0x6f })] // a text where the length should be
    [InlineData(new byte[] { 0x01, 0x80, 0x00, 0x00, 0x00 })] // a header that tells nothing
    public void TryRead_Hostile_Refused(byte[] bytes) =>
        Assert.Throws<MalformedReplyException>(() => Wire().TryRead(bytes, out _, out _, out _));

    [Fact]
    public void SaltOf_NoGreeting_Refused()
    {
        Assert.Throws<MalformedReplyException>(() => ChapSha1.SaltOf(new byte[128]));
        var greeting = new byte[128];
        "Tarantool 2.6.0 (Binary)"u8.CopyTo(greeting);
        Assert.Throws<MalformedReplyException>(() => ChapSha1.SaltOf(greeting));
    }

    private static TarantoolWire Wire() => new(StoreUrl.Parse("tarantool://127.0.0.1:1"), null);

    private static byte[] Packet(ReadOnlySpan<byte> content)
    {
        var output = new ArrayBufferWriter<byte>();
        new MessagePackWriter(output).WriteHead(0xce, 4, (ulong)content.Length);
        output.Write(content);
        return output.WrittenSpan.ToArray();
    }
}
