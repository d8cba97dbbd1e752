namespace Graph.Analysis.Estimating;

/// <summary>A mean and what is known of its error.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="StandardError">0 for a single value, which tells nothing of its error.</param>
/// <param name="Freedom">Degrees of freedom that the error was estimated with; 0 for a single value.</param>
/// <param name="Units">Independent values; of two samples the smaller number.</param>
internal sealed record Effect(double Mean, double StandardError, int Freedom, int Units)
{
    /// <summary>The spread of a single unit.</summary>
    public double Noise => StandardError * Math.Sqrt(Units);

    /// <param name="values">At least one.</param>
    public static Effect Of(IReadOnlyCollection<double> values)
    {
        var (mean, variance) = Moments(values);
        return new Effect(mean, Math.Sqrt(variance / values.Count), values.Count - 1, values.Count);
    }

    /// <summary>
    /// The difference of two samples that were taken apart, each with a spread of its own.
    /// Source: B. L. Welch, "The generalization of 'Student's' problem", Biometrika 34 (1947).
    /// </summary>
    /// <param name="values">At least one.</param>
    /// <param name="reference">At least one.</param>
    public static Effect Of(IReadOnlyCollection<double> values, IReadOnlyCollection<double> reference)
    {
        var (mean, variance) = Moments(values);
        var (otherMean, otherVariance) = Moments(reference);
        var (one, other) = (variance / values.Count, otherVariance / reference.Count);
        var units = Math.Min(values.Count, reference.Count);
        if (units == 1 || one + other == 0) return new Effect(mean - otherMean, 0, units - 1, units);
        var freedom = (one + other) * (one + other) / (one * one / (values.Count - 1) + other * other / (reference.Count - 1));
        return new Effect(mean - otherMean, Math.Sqrt(one + other), Math.Max(1, (int)freedom), units);
    }

    public Interval ToInterval(double coverage)
    {
        if (Freedom == 0) return new Interval(Mean, Mean, Mean, 0, Units);
        var half = Interval.StudentQuantile(Freedom, coverage) * StandardError;
        return new Interval(Mean, Mean - half, Mean + half, coverage, Units);
    }

    private static (double Mean, double Variance) Moments(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return (mean, values.Count == 1 ? 0 : values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
