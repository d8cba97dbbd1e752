namespace Graph.Analysis.Scaling;

/// <summary>The mean logarithm of the rate at each number of processes, in rising order of processes.</summary>
internal sealed record Levels(IReadOnlyList<int> Procs, IReadOnlyList<double> LogRates)
{
    /// <summary>The sum of squared distances of a curve, in logarithms.</summary>
    public double SquaredError(ScalingCurve curve)
    {
        var sum = 0.0;
        for (var index = 0; index < Procs.Count; index++)
        {
            var distance = LogRates[index] - Math.Log(curve.At(Procs[index]));
            sum += distance * distance;
        }

        return sum;
    }
}
