using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck.Fluent;

namespace StudyResults.Tests;

public sealed class LatencyHistogramCodecTests
{
    [Fact]
    public void Decode_OfEncode_SameBuckets() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure, Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Select(value => (long)value * value % LatencyHistogram.HighestTrackableNanoseconds)
                .ListOf().Select(list => list.ToArray()).ToArbitrary(),
            samples =>
            {
                var histogram = new LatencyHistogram();
                foreach (var sample in samples) histogram.Record(sample, 1 + (sample % 1_000_000));
                var read = LatencyHistogram.Decode(histogram.Encode());
                return read.Buckets().SequenceEqual(histogram.Buckets()) && read.Count == histogram.Count;
            }));

    [Fact]
    public void Encode_BeginsAsTheFormatsLogFilesDo()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(1);
        Assert.StartsWith("HISTFAAAA", histogram.Encode(), StringComparison.Ordinal);
    }

    /// <summary>The bytes that the format's description gives for these samples, worked out by hand.</summary>
    [Fact]
    public void Encode_KnownSamples_TheBytesOfTheFormat()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(2, 1);
        histogram.Record(5, 300);
        histogram.Record(6, 1);
        var outer = Convert.FromBase64String(histogram.Encode());
        Assert.Equal("1C849314", Convert.ToHexString(outer, 0, 4));
        Assert.Equal(outer.Length - 8, BinaryPrimitives.ReadInt32BigEndian(outer.AsSpan(4)));
        using var zlib = new ZLibStream(new MemoryStream(outer, 8, outer.Length - 8), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        const string Header =
            "1C849313" + "00000006" + "00000000" + "00000003" + "0000000000000001" + "00000346" + "30B8A000" + "3FF0000000000000";
        // Two zeros, one, two zeros, 300, one: -2, 1, -2, 300, 1 in ZigZag are 3, 2, 3, 600, 2.
        Assert.Equal(Header + "03" + "02" + "03" + "D804" + "02", Convert.ToHexString(plain.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("HISTFAAAABx42pNpmSzMwMDAxMDA")]
    public void Decode_SomethingElse_FormatException(string encoded) =>
        Assert.Throws<FormatException>(() => LatencyHistogram.Decode(encoded));

    [Fact]
    public void ZigZag_AnyNumber_ComesBack()
    {
        foreach (var number in new[] { 0, 1, -1, 63, 64, -64, -65, 1L << 55, -(1L << 55), long.MaxValue, long.MinValue })
        {
            using var stream = new MemoryStream();
            ZigZag.Write(stream, number);
            ReadOnlySpan<byte> bytes = stream.ToArray();
            Assert.InRange(bytes.Length, 1, 9);
            Assert.Equal(number, ZigZag.Read(ref bytes));
            Assert.True(bytes.IsEmpty);
        }
    }
}
