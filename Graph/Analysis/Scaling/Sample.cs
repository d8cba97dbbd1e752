namespace Graph.Analysis.Scaling;

/// <summary>What a fit needs to know of the blocks.</summary>
/// <param name="Levels">The mean logarithm of the rate at each number of processes.</param>
/// <param name="NoiseSquares">Squared distances from these means, what a block has in common taken out.</param>
/// <param name="Blocks">How many there are.</param>
internal sealed record Sample(Levels Levels, double NoiseSquares, int Blocks)
{
    /// <summary>Residuals smaller than this are rounding, and a law that fits exactly is not infinitely good.</summary>
    private const double LeastMeanSquare = 1e-12;

    /// <summary>
    /// Akaike's criterion for small samples (Burnham and Anderson, Model Selection and Multimodel Inference, section 2.4),
    /// after each block's own level was taken out, which costs one observation a block but the first.
    /// </summary>
    public double Aicc(ScalingCurve curve)
    {
        var squares = NoiseSquares + Blocks * Levels.SquaredError(curve);
        var count = Blocks * Levels.Procs.Count - (Blocks - 1);
        var numbers = curve.Parameters + 1;
        var fit = count * Math.Log(Math.Max(LeastMeanSquare, squares / count)) + 2 * numbers;
        // Too few observations to correct for: the plain criterion, or else no law could be ranked.
        return count > numbers + 1 ? fit + 2.0 * numbers * (numbers + 1) / (count - numbers - 1) : fit;
    }
}
