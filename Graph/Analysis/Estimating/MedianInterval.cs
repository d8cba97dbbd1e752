using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Graph.Analysis.Estimating;

/// <summary>
/// A median with an interval between two of the values themselves. Its coverage depends on the number of values and on
/// nothing else (no distribution is assumed): each value lies above the true median with probability 1/2.
/// Source: H. A. David and H. N. Nagaraja, Order Statistics, section 7.1.
/// </summary>
/// <param name="Median">The mean of the two middle values where their number is even.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Coverage">The exact probability that the interval holds the true median: 0.9375 for the range of five.</param>
/// <param name="Count">How many values there are.</param>
internal sealed record MedianInterval(double Median, double Low, double High, double Coverage, int Count)
{
    public const double WantedCoverage = 0.95;

    private const double Half = 0.5;

    /// <summary>What the incomplete beta function is good for: 0.9375 shall not become 0.93750000000000044.</summary>
    private const int Digits = 12;

    /// <summary>The interval by applying a rising function to its values, for instance from logarithms back to ratios.</summary>
    public MedianInterval Map(Func<double, double> rising) =>
        this with { Median = rising(Median), Low = rising(Low), High = rising(High) };

    /// <summary>
    /// The narrowest symmetric interval that covers with at least 95 %; the whole range where not even that does, as with
    /// fewer than six values.
    /// </summary>
    /// <param name="values">At least one.</param>
    public static MedianInterval Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var left = LeftOut(sorted.Length);
        return new MedianInterval(
            SortedArrayStatistics.Median(sorted), sorted[left], sorted[^(left + 1)], CoverageOf(sorted.Length, left), sorted.Length);
    }

    /// <summary>How many values on each side lie outside of the interval.</summary>
    public static int LeftOut(int count)
    {
        // The normal approximation is off by one or two; the exact coverage settles it.
        var left = Math.Max(0, (int)(count / 2.0 - Math.Sqrt(count)) - 1);
        while (left > 0 && CoverageOf(count, left) < WantedCoverage) left--;
        while (2 * (left + 1) < count && CoverageOf(count, left + 1) >= WantedCoverage) left++;
        return left;
    }

    /// <summary>
    /// The interval misses only when at most <paramref name="left"/> values fall on one side of the true median.
    /// </summary>
    public static double CoverageOf(int count, int left) => Math.Round(1 - 2 * Binomial.CDF(Half, count, left), Digits);
}
