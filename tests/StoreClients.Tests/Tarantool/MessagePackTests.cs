using System.Buffers;
using FsCheck.Fluent;
using StoreClients.Tarantool;

namespace StoreClients.Tests.Tarantool;

public sealed class MessagePackTests
{
    private static readonly FsCheck.Gen<byte[]> AnyBytes = Gen.Choose(0, 255).ArrayOf()
        .Select(all => Array.ConvertAll(all, one => (byte)one));

    private static readonly FsCheck.Gen<long> Numbers =
        Gen.Choose(0, 63).SelectMany(bits => Gen.Choose(-40, 40).Select(near => unchecked((1L << bits) + near)));

    private static readonly FsCheck.Arbitrary<StoreValue> Values = ValuesOf(depth: 4).ToArbitrary();

    [Fact]
    public void Read_AnyValue_TheSameComesBackAndItsBytesAreAllUsed() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Values, value =>
        {
            var bytes = Encode(value);
            var reader = new MessagePackReader(bytes);
            return IsRead(ref reader, value) && reader.IsAtEnd;
        }));

    [Fact]
    public void Skip_AnyValue_StepsOverExactlyIt() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Values, value =>
        {
            var bytes = Encode(value);
            var reader = new MessagePackReader([.. bytes, 0xc3]);
            reader.Skip();
            return reader.Position == bytes.Length && reader.ReadBoolean();
        }));

    [Fact]
    public void Skip_AnyBeginningOfAValue_Refused() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll(Values, value =>
        {
            var bytes = Encode(value);
            // All of a short one; of a long one those where its heads are, and some.
            return Enumerable.Range(0, bytes.Length)
                .All(length => (length > 100 && length % 1_009 != 0) || IsRefused(bytes.AsSpan(0, length)));
        }));

    [Fact]
    public void Skip_AnyBytes_AValueOrRefused() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(AnyBytes.ToArbitrary(), bytes =>
        {
            try
            {
                var reader = new MessagePackReader(bytes);
                reader.Skip();
                return reader.Position > 0 && reader.Position <= bytes.Length;
            }
            catch (MalformedReplyException)
            {
                return true;
            }
        }));

    [Theory]
    [InlineData(new byte[] { 0xdd, 0xff, 0xff, 0xff, 0xff })] // an array of four thousand million
    [InlineData(new byte[] { 0xdf, 0xff, 0xff, 0xff, 0xff, 0x01 })] // a map
    [InlineData(new byte[] { 0xdb, 0xff, 0xff, 0xff, 0xff, 0x61 })] // a text
    [InlineData(new byte[] { 0xc6, 0x7f, 0xff, 0xff, 0xff })] // bytes
    [InlineData(new byte[] { 0xc9, 0xff, 0xff, 0xff, 0xff, 0x02 })] // an extension
    [InlineData(new byte[] { 0xc1 })] // never used
    [InlineData(new byte[] { })]
    public void Skip_HostileLength_Refused(byte[] bytes) => Assert.True(IsRefused(bytes));

    [Fact]
    public void Skip_AMillionArraysInEachOther_NoStackIsUsed()
    {
        var bytes = new byte[1_000_001];
        Array.Fill(bytes, (byte)0x91);
        bytes[^1] = 0xc0;
        var reader = new MessagePackReader(bytes);
        reader.Skip();
        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public void ReadInt64_AboveItsRange_Refused() => Assert.Throws<MalformedReplyException>(() =>
    {
        var output = new ArrayBufferWriter<byte>();
        new MessagePackWriter(output).Write(ulong.MaxValue);
        new MessagePackReader(output.WrittenSpan).ReadInt64();
    });

    private static FsCheck.Gen<StoreValue> ValuesOf(int depth)
    {
        var text = Gen.Elements("abcü€\0𝄞 '\"".EnumerateRunes().ToArray()).ArrayOf().Select(runes => string.Concat(runes));
        var flat = Gen.OneOf(
            Gen.Constant(StoreValue.Null),
            Numbers.Select(StoreValue.FromInt64),
            Numbers.Select(bits => StoreValue.FromDouble(BitConverter.Int64BitsToDouble(bits))),
            Gen.Elements(true, false).Select(StoreValue.FromBoolean),
            text.Select(StoreValue.FromText),
            Gen.Choose(0, 70_000).Select(length => StoreValue.FromText(new string('x', length))),
            AnyBytes.Select(StoreValue.FromBytes),
            Gen.Choose(0, 70_000).Select(length => StoreValue.FromBytes(new byte[length])),
            AnyBytes.Select(_ => StoreValue.FromGuid(Guid.NewGuid())));
        if (depth == 0) return flat;
        var list = ValuesOf(depth - 1).ListOf().Select(items => StoreValue.FromList([.. items.Take(depth == 4 ? 20 : 4)]));
        return Gen.OneOf(flat, list);
    }

    private static byte[] Encode(in StoreValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        new MessagePackWriter(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    private static bool IsRead(ref MessagePackReader reader, in StoreValue value)
    {
        switch (value.Kind)
        {
            case StoreValueKind.Nothing: return reader.TryReadNil();
            case StoreValueKind.Number: return reader.ReadInt64() == value.Bits;
            case StoreValueKind.Fraction: return BitConverter.DoubleToInt64Bits(reader.ReadDouble()) == value.Bits;
            case StoreValueKind.YesOrNo: return reader.ReadBoolean() == (value.Bits != 0);
            case StoreValueKind.Text: return reader.ReadString() == (string)value.Content!;
            case StoreValueKind.Bytes: return reader.ReadBytes().SequenceEqual((byte[])value.Content!);
            case StoreValueKind.Uuid: return reader.ReadGuid() == (Guid)value.Content!;
        }

        var items = (StoreValue[])value.Content!;
        if (reader.ReadArrayHead() != items.Length) return false;
        foreach (var item in items)
        {
            if (!IsRead(ref reader, item)) return false;
        }

        return true;
    }

    private static bool IsRefused(ReadOnlySpan<byte> bytes)
    {
        try
        {
            new MessagePackReader(bytes).Skip();
            return false;
        }
        catch (MalformedReplyException)
        {
            return true;
        }
    }
}
