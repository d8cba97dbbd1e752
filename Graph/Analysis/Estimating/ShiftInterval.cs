using MathNet.Numerics.Statistics;
using Perfolizer;
using Perfolizer.Mathematics.GenericEstimators;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;

namespace Graph.Analysis.Estimating;

/// <summary>
/// By how much the values of one sample exceed those of another that was taken apart from it: Hodges and Lehmann's estimate
/// with the interval that belongs to Mann and Whitney's test, again between values and without assuming a distribution.
/// Source: M. Hollander and D. Wolfe, Nonparametric Statistical Methods, section 4.3.
/// </summary>
internal static class ShiftInterval
{
    /// <summary>The largest samples whose distribution of U Perfolizer knows exactly; larger ones are grouped.</summary>
    private const int MostValues = 32;

    /// <param name="values">At least one.</param>
    /// <param name="reference">At least one.</param>
    /// <returns>Its count is the size of the smaller sample, as far as it was not grouped.</returns>
    public static MedianInterval Of(IReadOnlyList<double> values, IReadOnlyList<double> reference)
    {
        double[] left = [.. Grouped(values)], right = [.. Grouped(reference)];
        double[] differences = [.. left.SelectMany(value => right.Select(other => value - other)).Order()];
        // The interval misses when U is at most what lies outside of it; Perfolizer's Cdf(n, m, u) is the probability of U < u.
        double Coverage(int outside) => 1 - 2 * MannWhitneyLoefflerExactCdf.Instance.Cdf(left.Length, right.Length, outside + 1);
        var leftOut = 0;
        while (2 * (leftOut + 1) < differences.Length && Coverage(leftOut + 1) >= MedianInterval.WantedCoverage) leftOut++;
        return new MedianInterval(
            HodgesLehmannEstimator.Instance.Shift(new Sample(left), new Sample(right)),
            differences[leftOut],
            differences[^(leftOut + 1)],
            Math.Max(0, Coverage(leftOut)),
            Math.Min(left.Length, right.Length));
    }

    /// <summary>Medians of as many groups of neighbours, which are independent values as the single ones are.</summary>
    private static IEnumerable<double> Grouped(IReadOnlyList<double> values) => values.Count <= MostValues
        ? values
        : values.Chunk((values.Count + MostValues - 1) / MostValues).Select(group => group.Median());
}
