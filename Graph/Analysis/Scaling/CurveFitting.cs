namespace Graph.Analysis.Scaling;

/// <summary>
/// Least squares in logarithms, because a run's noise is a percentage of its rate. Each method takes the mean logarithm of
/// the rate at each process count, all of equal weight. The rate of one process is what makes the mean residual 0, so that at
/// most two numbers are searched for: done here, in a few microseconds, since resampling does it thousands of times.
/// </summary>
internal static class CurveFitting
{
    public static LinearScaling Linear(Levels levels) => new() { PerProcess = Math.Exp(new DivisorSearch(levels).Mean) };

    /// <summary>
    /// Exact: for each place of the knee between two counts both lines are means; where they would not meet there, the knee is
    /// at one of the two counts.
    /// </summary>
    public static PlateauScaling Plateau(Levels levels)
    {
        var gains = levels.Procs.Select(procs => Math.Log(procs)).ToArray();
        PlateauScaling? best = null;
        var least = double.PositiveInfinity;
        foreach (var logKnee in Knees(levels.LogRates, gains))
        {
            var sum = 0.0;
            for (var index = 0; index < gains.Length; index++) sum += levels.LogRates[index] - Math.Min(gains[index], logKnee);
            var tried = new PlateauScaling { Knee = Math.Exp(logKnee), PerProcess = Math.Exp(sum / gains.Length) };
            var error = levels.SquaredError(tried);
            if (best is null || error < least) (best, least) = (tried, error);
        }

        return best!;
    }

    public static AmdahlScaling Amdahl(Levels levels)
    {
        var found = new DivisorSearch(levels, 0.1);
        return new AmdahlScaling { PerProcess = Math.Exp(found.Mean), Contention = found.Numbers[0] };
    }

    public static UniversalScaling Universal(Levels levels)
    {
        var found = new DivisorSearch(levels, 0.1, 0.01);
        return new UniversalScaling
        {
            PerProcess = Math.Exp(found.Mean),
            Contention = found.Numbers[0],
            Coherency = found.Numbers[1],
        };
    }

    /// <summary>Where the knee could be: for each number of counts that lie on the rising line, and at the last.</summary>
    private static IEnumerable<double> Knees(IReadOnlyList<double> rates, double[] gains)
    {
        var rising = 0.0;
        for (var last = 0; last < gains.Length - 1; last++)
        {
            rising += rates[last] - gains[last];
            var ceiling = 0.0;
            for (var index = last + 1; index < gains.Length; index++) ceiling += rates[index];
            var level = ceiling / (gains.Length - last - 1);
            yield return Math.Clamp(level - rising / (last + 1), gains[last], gains[last + 1]);
            yield return gains[last];
        }

        yield return gains[^1];
    }
}
