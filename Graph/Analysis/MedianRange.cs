namespace Graph.Analysis;

/// <summary>
/// A median and the range of the values around it. The range covers the true median with a probability that depends on
/// nothing but the number of values: it fails only when all of them fall on one side.
/// </summary>
internal sealed record MedianRange(double Median, double Low, double High, int Count)
{
    /// <summary>1 - 2 * (1/2)^n: 0.9375 for five values.</summary>
    public double Coverage => CoverageOf(Count);

    public static double CoverageOf(int count) => count == 0 ? 0 : 1 - Math.Pow(2, 1 - count);

    /// <param name="values">At least one.</param>
    public static MedianRange Of(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : Math.Sqrt(sorted[middle - 1] * sorted[middle]);
        return new MedianRange(median, sorted[0], sorted[^1], sorted.Length);
    }
}
