namespace StudyResults;

/// <summary>
/// Numbers of 1 to 9 bytes, small ones short: ZigZag, then 7 bits a byte, low bits first, the top bit saying that more
/// follows; the ninth byte holds 8 bits. Source: HdrHistogram's ZigZagEncoding (LEB128-64b9B).
/// </summary>
internal static class ZigZag
{
    private const int LastShift = 56;

    public static void Write(Stream output, long number)
    {
        var rest = (ulong)((number << 1) ^ (number >> 63));
        for (var shift = 0; shift < LastShift && rest > 0x7f; shift += 7, rest >>= 7) output.WriteByte((byte)(rest | 0x80));
        output.WriteByte((byte)rest);
    }

    /// <summary>Takes one number off the front.</summary>
    public static long Read(ref ReadOnlySpan<byte> input)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = input[0];
            input = input[1..];
            value |= (shift == LastShift ? next : next & 0x7fUL) << shift;
            if (shift == LastShift || next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
        }
    }
}
