using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Graph.Analysis.Estimating;

/// <summary>An estimate and what it is known to: Student's interval of a mean, or what a rising function makes of it.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The lower end; the estimate itself where there is a single value.</param>
/// <param name="High">The upper end.</param>
/// <param name="Coverage">How often such an interval holds the truth: 0.95, or 0.99 at an early look.</param>
/// <param name="Units">How many independent values it rests on.</param>
internal sealed record Interval(double Value, double Low, double High, double Coverage, int Units)
{
    private static readonly ConcurrentDictionary<(int Freedom, double Coverage), double> Quantiles = new();

    /// <summary>For instance from logarithms back to rates.</summary>
    public Interval Map(Func<double, double> rising) =>
        this with { Value = rising(Value), Low = rising(Low), High = rising(High) };

    /// <summary>As much wider as it takes to hold a value.</summary>
    public Interval Including(double value) => this with { Low = Math.Min(Low, value), High = Math.Max(High, value) };

    /// <summary>The half width in standard errors.</summary>
    public static double StudentQuantile(int freedom, double coverage) =>
        Quantiles.GetOrAdd((freedom, coverage), key => StudentT.InvCDF(0, 1, key.Freedom, (1 + key.Coverage) / 2));
}
