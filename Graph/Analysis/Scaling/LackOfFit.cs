using MathNet.Numerics.Distributions;

namespace Graph.Analysis.Scaling;

/// <summary>Whether the chosen law misses what was measured by more than noise explains.</summary>
/// <param name="Probability">Of a miss as large by chance: an F test of the counts' means against the noise within
/// blocks.</param>
/// <param name="Ratio">Measured over fitted at the number of processes that the law misses most.</param>
/// <param name="Procs">That number.</param>
internal sealed record LackOfFit(double Probability, double Ratio, int Procs)
{
    private const double Significance = 0.01;

    public bool IsNotable => Probability < Significance;

    /// <returns>Null where nothing is left to test by: a single block, or as many numbers as counts.</returns>
    public static LackOfFit? Of(Sample sample, ScalingCurve curve)
    {
        var (levels, counts) = (sample.Levels, sample.Levels.Procs.Count);
        var (freedom, noiseFreedom) = (counts - curve.Parameters, (sample.Blocks - 1) * (counts - 1));
        if (freedom < 1 || noiseFreedom < 1) return null;
        var miss = sample.Blocks * levels.SquaredError(curve) / freedom;
        var noise = sample.NoiseSquares / noiseFreedom;
        var probability = noise > 0 ? 1 - FisherSnedecor.CDF(freedom, noiseFreedom, miss / noise) : miss > 1e-12 ? 0 : 1;
        var misses = levels.Procs.Zip(levels.LogRates, (procs, rate) => (procs, Log: rate - Math.Log(curve.At(procs))));
        var (worst, log) = misses.MaxBy(place => Math.Abs(place.Log));
        return new LackOfFit(probability, Math.Exp(log), worst);
    }
}
