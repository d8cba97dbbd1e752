using System.Numerics;

namespace StudyResults;

/// <summary>
/// Latencies from 1 ns to 1 hour in the bucket layout of HdrHistogram with 3 significant digits: constant size,
/// one increment a sample, mergeable. A value read back is at most 0.1 % above the sample; the maximum is exact.
/// </summary>
/// <remarks>
/// Values up to 2047 have a bucket each. Above, each doubling of the value has 1024 buckets of equal width.
/// Source: https://hdrhistogram.github.io/HdrHistogram/ and the Java class AbstractHistogram.
/// </remarks>
public sealed class LatencyHistogram
{
    /// <summary>Longer samples are counted in the last bucket; the maximum stays exact.</summary>
    public const long HighestTrackableNanoseconds = 3_600_000_000_000;

    /// <summary>Buckets that HdrHistogram would name: the first 2048 values, then one for each doubling.</summary>
    public static int Doublings => IndexOf(HighestTrackableNanoseconds) / SubBucketHalf;

    /// <summary>Values that each of them tells apart.</summary>
    public const int SubBuckets = 1 << SubBucketBits;

    /// <summary>2048 holds 2 * 10^3, the smallest power of two that gives 3 digits everywhere.</summary>
    private const int SubBucketBits = 11;
    private const int SubBucketHalf = 1 << (SubBucketBits - 1);
    private const long SubBucketMask = (1L << SubBucketBits) - 1;

    private readonly long[] _counts = new long[IndexOf(HighestTrackableNanoseconds) + 1];
    private long _count;
    private long _minNanoseconds = long.MaxValue;
    private long _maxNanoseconds;

    /// <summary>Samples counted.</summary>
    public long Count => _count;

    /// <summary>The longest sample, exact; 0 when there is none. After decoding it is exact to 3 digits.</summary>
    public long MaxNanoseconds => _maxNanoseconds;

    /// <summary>The shortest sample, exact; 0 when there is none. After decoding it is exact to 3 digits.</summary>
    public long MinNanoseconds => _count == 0 ? 0 : _minNanoseconds;

    internal ReadOnlySpan<long> Counts => _counts;

    /// <summary>Counts one sample; a negative one counts as 0.</summary>
    public void Record(long nanoseconds) => Record(nanoseconds, 1);

    /// <summary>Counts a sample <paramref name="times"/> times.</summary>
    public void Record(long nanoseconds, long times)
    {
        if (nanoseconds < 0) nanoseconds = 0;
        if (nanoseconds > _maxNanoseconds) _maxNanoseconds = nanoseconds;
        if (nanoseconds < _minNanoseconds) _minNanoseconds = nanoseconds;
        _counts[IndexOf(Math.Min(nanoseconds, HighestTrackableNanoseconds))] += times;
        _count += times;
    }

    /// <summary>Adds all samples of another histogram, as if they had been recorded here.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var index = 0; index < _counts.Length; index++) _counts[index] += other._counts[index];
        _count += other._count;
        _maxNanoseconds = Math.Max(_maxNanoseconds, other._maxNanoseconds);
        _minNanoseconds = Math.Min(_minNanoseconds, other._minNanoseconds);
    }

    /// <summary>Forgets all samples.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _count = 0;
        _maxNanoseconds = 0;
        _minNanoseconds = long.MaxValue;
    }

    /// <summary>
    /// The smallest value that at least <paramref name="percentile"/> percent (0 to 100) of the samples do not exceed,
    /// to 3 digits, rounded up as HdrHistogram does; 0 when there is no sample.
    /// </summary>
    public long ValueAtPercentile(double percentile)
    {
        if (!(percentile >= 0 && percentile <= 100))
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "a percentile is between 0 and 100");
        var wanted = Math.Max(1, (long)Math.Ceiling(Math.BitDecrement(percentile / 100 * _count)));
        var seen = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= wanted) return Math.Min(HighestOf(index), _maxNanoseconds);
        }

        return _maxNanoseconds;
    }

    /// <summary>The mean, from the middle of each sample's bucket; 0 when there is no sample.</summary>
    public double MeanNanoseconds => _count == 0 ? 0 : Buckets().Sum(bucket => bucket.MiddleNanoseconds * bucket.Count) / _count;

    /// <summary>Buckets that hold samples, in rising order.</summary>
    public IEnumerable<LatencyBucket> Buckets()
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] > 0) yield return new LatencyBucket(LowestOf(index), HighestOf(index), _counts[index]);
        }
    }

    /// <summary>The histogram in HdrHistogram's V2 compressed encoding, as base64 (it begins with HISTFAAA).</summary>
    public string Encode() => LatencyHistogramCodec.Encode(this);

    /// <summary>Reads what <see cref="Encode"/> wrote, or another library with 3 digits and a lowest value of 1.</summary>
    /// <exception cref="FormatException">The text is something else; the message says what.</exception>
    public static LatencyHistogram Decode(string encoded) => LatencyHistogramCodec.Decode(encoded);

    internal static long HighestOf(int index) => LowestOf(index) + (1L << Shift(index)) - 1;

    internal static long LowestOf(int index) =>
        (long)(index < SubBucketHalf ? index : (index & (SubBucketHalf - 1)) + SubBucketHalf) << Shift(index);

    /// <summary>How many low bits of a value the bucket does not tell apart.</summary>
    private static int Shift(int index) => Math.Max(0, (index / SubBucketHalf) - 1);

    internal static int IndexOf(long nanoseconds)
    {
        var shift = 64 - SubBucketBits - BitOperations.LeadingZeroCount((ulong)(nanoseconds | SubBucketMask));
        return (shift * SubBucketHalf) + (int)(nanoseconds >> shift);
    }
}
