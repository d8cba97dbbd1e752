namespace Graph.Analysis.Scaling;

/// <summary>
/// Least squares in logarithms, because a run's noise is a percentage of its rate. Each method takes the mean logarithm of
/// the rate at each process count, all of equal weight. The rate of one process is what makes the mean residual 0, so that at most
/// two numbers are searched for: done here, in a few microseconds, since resampling does it thousands of times.
/// </summary>
internal static class CurveFitting
{
    private const int MostSteps = 100;
    private const double LeastGain = 1e-15;

    public static LinearScaling Linear(Levels levels) => new() { PerProcess = PerProcess(levels, []) };

    /// <summary>
    /// Exact: for each place of the knee between two counts both lines are means; where they would not meet there, the knee is
    /// at one of the two counts.
    /// </summary>
    public static PlateauScaling Plateau(Levels levels)
    {
        var gains = levels.Procs.Select(procs => Math.Log(procs)).ToArray();
        return Enumerable.Range(0, gains.Length - 1)
            .SelectMany(last => Knees(levels, gains, last))
            .Append(gains[^1])
            .Select(logKnee => new PlateauScaling
            {
                Knee = Math.Exp(logKnee),
                PerProcess = Math.Exp(levels.LogRates.Zip(gains, (rate, gain) => rate - Math.Min(gain, logKnee)).Average()),
            })
            .MinBy(levels.SquaredError)!;
    }

    public static AmdahlScaling Amdahl(Levels levels)
    {
        var found = Minimize(levels, [0.1]);
        return new AmdahlScaling { PerProcess = PerProcess(levels, found), Contention = found[0] };
    }

    public static UniversalScaling Universal(Levels levels)
    {
        var found = Minimize(levels, [0.1, 0.01]);
        return new UniversalScaling { PerProcess = PerProcess(levels, found), Contention = found[0], Coherency = found[1] };
    }

    /// <summary>Where the knee could be when the counts up to <paramref name="last"/> lie on the rising line.</summary>
    private static IEnumerable<double> Knees(Levels levels, double[] gains, int last)
    {
        var rising = Enumerable.Range(0, last + 1).Average(index => levels.LogRates[index] - gains[index]);
        var ceiling = levels.LogRates.Skip(last + 1).Average();
        return [Math.Clamp(ceiling - rising, gains[last], gains[last + 1]), gains[last]];
    }

    /// <summary>What each number is multiplied by in the divisor 1 + a(N-1) + bN(N-1).</summary>
    private static double Term(int number, int procs) => number == 0 ? procs - 1 : (double)procs * (procs - 1);

    private static double Divisor(double[] numbers, int procs)
    {
        var divisor = 1.0;
        for (var number = 0; number < numbers.Length; number++) divisor += numbers[number] * Term(number, procs);
        return divisor;
    }

    private static double PerProcess(Levels levels, double[] numbers) => Math.Exp(Residuals(levels, numbers, out _).Mean);

    /// <summary>Logarithms of the rate over the law for a rate of 1, their mean, and the sum of squares around it.</summary>
    private static (double[] Values, double Mean) Residuals(Levels levels, double[] numbers, out double squares)
    {
        var values = new double[levels.Procs.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = levels.LogRates[index] - Math.Log(levels.Procs[index]) + Math.Log(Divisor(numbers, levels.Procs[index]));
        var mean = values.Average();
        squares = values.Sum(value => (value - mean) * (value - mean));
        return (values, mean);
    }

    /// <summary>
    /// Levenberg and Marquardt's method with all numbers kept in [0, 1]: one that lies on its bound and is pushed outward stays there.
    /// Source: J. Nocedal and S. Wright, Numerical Optimization, sections 10.3 and 16.7.
    /// </summary>
    private static double[] Minimize(Levels levels, double[] start)
    {
        var (numbers, damping) = (start, 1e-3);
        var residuals = Residuals(levels, numbers, out var squares);
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            var tried = Step(levels, numbers, residuals, damping);
            var next = Residuals(levels, tried, out var nextSquares);
            if (nextSquares > squares)
            {
                damping *= 10;
                continue;
            }

            var gain = squares - nextSquares;
            (numbers, residuals, squares, damping) = (tried, next, nextSquares, damping / 10);
            if (gain <= LeastGain * (1 + squares)) break;
        }

        return numbers;
    }

    private static double[] Step(Levels levels, double[] numbers, (double[] Values, double Mean) residuals, double damping)
    {
        var count = numbers.Length;
        var slopes = new double[count][];
        for (var number = 0; number < count; number++)
        {
            slopes[number] = [.. levels.Procs.Select(procs => Term(number, procs) / Divisor(numbers, procs))];
            var mean = slopes[number].Average();
            for (var index = 0; index < slopes[number].Length; index++) slopes[number][index] -= mean;
        }

        double Product(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();
        var downhill = slopes.Select(slope => -slope.Zip(residuals.Values, (a, value) => a * (value - residuals.Mean)).Sum()).ToArray();
        var free = Enumerable.Range(0, count).Where(number => !(numbers[number] <= 0 && downhill[number] < 0) && !(numbers[number] >= 1 && downhill[number] > 0)).ToArray();
        double Curvature(int a, int b) => Product(slopes[a], slopes[b]) * (a == b ? 1 + damping : 1);
        var tried = (double[])numbers.Clone();
        switch (free)
        {
            case [var only]:
                tried[only] += downhill[only] / Math.Max(Curvature(only, only), 1e-300);
                break;
            case [var a, var b]:
                var determinant = Curvature(a, a) * Curvature(b, b) - Curvature(a, b) * Curvature(b, a);
                if (determinant <= 0) break;
                tried[a] += (downhill[a] * Curvature(b, b) - downhill[b] * Curvature(a, b)) / determinant;
                tried[b] += (downhill[b] * Curvature(a, a) - downhill[a] * Curvature(a, b)) / determinant;
                break;
        }

        for (var number = 0; number < count; number++) tried[number] = Math.Clamp(tried[number], 0, 1);
        return tried;
    }
}
