using System.Buffers.Binary;
using System.IO.Compression;

namespace StudyResults;

/// <summary>
/// HdrHistogram's V2 encoding: a 40 byte header, the counts as ZigZag LEB128 numbers with runs of zeros as one negative
/// number, all that in zlib behind an 8 byte header, in base64. Any HdrHistogram library reads it.
/// Source: AbstractHistogram.encodeIntoByteBuffer and ZigZagEncoding in https://github.com/HdrHistogram/HdrHistogram.
/// </summary>
internal static class LatencyHistogramCodec
{
    private const int Cookie = 0x1c849303 | 0x10;
    private const int CompressedCookie = 0x1c849304 | 0x10;
    private const int SignificantDigits = 3;
    private const int HeaderLength = 40;
    private const int OuterHeaderLength = 8;

    public static string Encode(LatencyHistogram histogram)
    {
        using var plain = new MemoryStream();
        plain.Write(new byte[HeaderLength]);
        // Counts end at the bucket of the maximum, as the reference writes them.
        var last = histogram.Count == 0 ? 0 : LatencyHistogram.IndexOf(Highest(histogram));
        WriteCounts(plain, histogram.Counts[..(last + 1)]);
        WriteHeader(plain.GetBuffer(), (int)plain.Length - HeaderLength);

        using var outer = new MemoryStream();
        outer.Write(new byte[OuterHeaderLength]);
        using (var zlib = new ZLibStream(outer, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(plain.GetBuffer(), 0, (int)plain.Length);
        BinaryPrimitives.WriteInt32BigEndian(outer.GetBuffer(), CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(outer.GetBuffer().AsSpan(4), (int)outer.Length - OuterHeaderLength);
        return Convert.ToBase64String(outer.GetBuffer(), 0, (int)outer.Length);
    }

    public static LatencyHistogram Decode(string encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        try
        {
            return ReadPlain(Inflate(Convert.FromBase64String(encoded)));
        }
        catch (Exception failure) when (failure is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            const string Reason = "not an HdrHistogram in V2 compressed base64 encoding: it is cut short or damaged";
            throw new FormatException(Reason, failure);
        }
    }

    private static long Highest(LatencyHistogram histogram) =>
        Math.Min(histogram.MaxNanoseconds, LatencyHistogram.HighestTrackableNanoseconds);

    private static void WriteHeader(Span<byte> header, int payloadLength)
    {
        BinaryPrimitives.WriteInt32BigEndian(header, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], payloadLength);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], 0);
        BinaryPrimitives.WriteInt32BigEndian(header[12..], SignificantDigits);
        BinaryPrimitives.WriteInt64BigEndian(header[16..], 1);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], LatencyHistogram.HighestTrackableNanoseconds);
        BinaryPrimitives.WriteDoubleBigEndian(header[32..], 1);
    }

    private static void WriteCounts(MemoryStream output, ReadOnlySpan<long> counts)
    {
        for (var index = 0; index < counts.Length;)
        {
            var zeros = counts[index..].IndexOfAnyExcept(0);
            if (zeros < 0) zeros = counts.Length - index;
            ZigZag.Write(output, zeros switch { 0 => counts[index], 1 => 0, _ => -zeros });
            index += Math.Max(1, zeros);
        }
    }

    private static byte[] Inflate(byte[] outer)
    {
        if (BinaryPrimitives.ReadInt32BigEndian(outer) != CompressedCookie)
            throw new FormatException("not an HdrHistogram in V2 compressed base64 encoding: that begins with HISTFA");
        var length = BinaryPrimitives.ReadInt32BigEndian(outer.AsSpan(4));
        using var zlib = new ZLibStream(new MemoryStream(outer, OuterHeaderLength, length), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }

    private static LatencyHistogram ReadPlain(ReadOnlySpan<byte> plain)
    {
        var digits = BinaryPrimitives.ReadInt32BigEndian(plain[12..]);
        var lowest = BinaryPrimitives.ReadInt64BigEndian(plain[16..]);
        if (BinaryPrimitives.ReadInt32BigEndian(plain) != Cookie || digits != SignificantDigits || lowest != 1)
            throw new FormatException($"an HdrHistogram of {digits} digits and a lowest value of {lowest}; 3 and 1 can be read");
        var histogram = new LatencyHistogram();
        var payload = plain.Slice(HeaderLength, BinaryPrimitives.ReadInt32BigEndian(plain[4..]));
        for (var index = 0; payload.Length > 0;)
        {
            var number = ZigZag.Read(ref payload);
            if (number > 0) histogram.Record(LatencyHistogram.HighestOf(index), number);
            index = checked(index + (int)(number < 0 ? -number : 1));
        }

        return histogram;
    }
}
