using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using StoreClients.Redis;

namespace StoreClients.Tests.Redis;

public sealed class RespReaderTests
{
    private static readonly FsCheck.Gen<byte[]> AnyBytes = Gen.Choose(0, 255).ArrayOf()
        .Select(all => Array.ConvertAll(all, one => (byte)one));

    /// <summary>Bytes as they come from a server that is broken rather than absent: RESP's own letters in disorder.</summary>
    private static readonly FsCheck.Arbitrary<byte[]> AlmostResp =
        Gen.OneOf(Gen.Elements("+-:$*\r\n0123456789 a".ToCharArray()).ArrayOf().Select(Encoding.ASCII.GetBytes), AnyBytes)
            .ToArbitrary();

    private static readonly FsCheck.Arbitrary<Reply> Replies = RepliesOf(depth: 4).ToArbitrary();

    [Fact]
    public void TryRead_AnyReply_TheSameComesBackAndNothingIsLeftOrTakenFromTheNext() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Replies, reply =>
        {
            var bytes = reply.Encode();
            var reader = new RespReader([.. bytes, .. "+NEXT\r\n"u8]);
            return reader.TryRead(out var read) && reader.UsedBytes == bytes.Length && reply.Equals(Reply.Of(read));
        }));

    [Fact]
    public void TryRead_AnyBeginningOfAReply_WaitsForTheRest() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll(Replies, reply =>
        {
            var bytes = reply.Encode();
            return Enumerable.Range(0, bytes.Length).All(length => !new RespReader(bytes.AsSpan(0, length)).TryRead(out _));
        }));

    [Fact]
    public void TryRead_AnyBytes_AReplyOrTheRestOrRefused() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(AlmostResp, bytes =>
        {
            try
            {
                var reader = new RespReader(bytes);
                return !reader.TryRead(out _) || (reader.UsedBytes > 0 && reader.UsedBytes <= bytes.Length);
            }
            catch (MalformedReplyException)
            {
                return true;
            }
        }));

    [Theory]
    [InlineData("$99999999999999\r\n")]
    [InlineData("$67108865\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("*2000000000\r\n")]
    [InlineData("*-5\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData(":\r\n")]
    [InlineData("$1\r\nabc\r\n")]
    [InlineData("+no CR\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    public void TryRead_Hostile_Refused(string text) =>
        Assert.Throws<MalformedReplyException>(() => new RespReader(Encoding.ASCII.GetBytes(text)).TryRead(out _));

    [Fact]
    public void TryRead_AMillionItemsPromisedAndNoneThere_NoRoomIsMade()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(new RespReader("*1000000\r\n"u8).TryRead(out _));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
    }

    [Fact]
    public void TryRead_ArraysInArraysWithoutEnd_Refused()
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 100_000)));
        Assert.Throws<MalformedReplyException>(() => new RespReader(bytes).TryRead(out _));
    }

    [Fact]
    public void TryRead_ALineWithoutEnd_Refused()
    {
        var bytes = Encoding.ASCII.GetBytes("+" + new string('a', 100_000));
        Assert.Throws<MalformedReplyException>(() => new RespReader(bytes).TryRead(out _));
    }

    private static FsCheck.Gen<Reply> RepliesOf(int depth)
    {
        var line = Gen.Elements("abc XYZ-:$*0".ToCharArray()).ArrayOf().Select(letters => Encoding.ASCII.GetBytes(letters));
        var number = Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value * 4_000_000_000);
        var flat = Gen.OneOf(
            Gen.Constant(new Reply(RedisReplyKind.Null, 0, [], [])),
            line.Select(text => new Reply(RedisReplyKind.Status, 0, text, [])),
            line.Select(text => new Reply(RedisReplyKind.Error, 0, text, [])),
            number.Select(value => new Reply(RedisReplyKind.Number, value, [], [])),
            AnyBytes.Select(bytes => new Reply(RedisReplyKind.Bulk, 0, bytes, [])));
        if (depth == 0) return flat;
        var nested = RepliesOf(depth - 1).ListOf().Select(items => new Reply(RedisReplyKind.Array, 0, [], [.. items.Take(6)]));
        return Gen.OneOf(flat, nested);
    }

    /// <summary>A reply as a server makes it.</summary>
    private sealed record Reply(RedisReplyKind Kind, long Value, byte[] Bytes, Reply[] Items)
    {
        public static Reply Of(RedisReply read) => new(
            read.Kind,
            read.Kind == RedisReplyKind.Number ? read.AsInteger() : 0,
            read.Kind is RedisReplyKind.Number or RedisReplyKind.Array ? [] : read.AsBytes() ?? [],
            read.Kind == RedisReplyKind.Array ? [.. read.AsArray().Select(Of)] : []);

        public byte[] Encode() => Kind switch
        {
            RedisReplyKind.Null => "$-1\r\n"u8.ToArray(),
            RedisReplyKind.Status => [(byte)'+', .. Bytes, .. "\r\n"u8],
            RedisReplyKind.Error => [(byte)'-', .. Bytes, .. "\r\n"u8],
            RedisReplyKind.Number => Line(':', Value),
            RedisReplyKind.Bulk => [.. Line('$', Bytes.Length), .. Bytes, .. "\r\n"u8],
            _ => [.. Line('*', Items.Length), .. Items.SelectMany(item => item.Encode())],
        };

        public bool Equals(Reply? other) =>
            other is not null && Kind == other.Kind && Value == other.Value && Bytes.AsSpan().SequenceEqual(other.Bytes)
            && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => HashCode.Combine(Kind, Value);

        private static byte[] Line(char type, long number) =>
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}{number}\r\n"));
    }
}
