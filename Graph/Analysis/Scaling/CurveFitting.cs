using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Graph.Analysis.Scaling;

/// <summary>
/// Least squares in logarithms, because a run's noise is a percentage of its rate. Each method takes the mean logarithm of
/// the rate at each process count, all of equal weight.
/// </summary>
internal static class CurveFitting
{
    public static LinearScaling Linear(Levels levels) =>
        new() { PerProcess = Math.Exp(levels.LogRates.Zip(levels.Procs, (rate, procs) => rate - Math.Log(procs)).Average()) };

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
        var found = Minimize(levels, [0.1], (procs, free) => (
            1 + free[0] * (procs - 1),
            [procs - 1]));
        return new AmdahlScaling { PerProcess = Math.Exp(found[0]), Contention = found[1] };
    }

    public static UniversalScaling Universal(Levels levels)
    {
        var found = Minimize(levels, [0.1, 0.01], (procs, free) => (
            1 + free[0] * (procs - 1) + free[1] * procs * (procs - 1),
            [procs - 1, procs * (procs - 1)]));
        return new UniversalScaling { PerProcess = Math.Exp(found[0]), Contention = found[1], Coherency = found[2] };
    }

    /// <summary>Where the knee could be when the counts up to <paramref name="last"/> lie on the rising line.</summary>
    private static IEnumerable<double> Knees(Levels levels, double[] gains, int last)
    {
        var rising = Enumerable.Range(0, last + 1).Average(index => levels.LogRates[index] - gains[index]);
        var ceiling = levels.LogRates.Skip(last + 1).Average();
        return [Math.Clamp(ceiling - rising, gains[last], gains[last + 1]), gains[last]];
    }

    /// <summary>
    /// Levenberg and Marquardt's method on log rate = p0 + log N - log d(N), all parameters after the first in [0, 1].
    /// </summary>
    private static double[] Minimize(Levels levels, double[] start, Func<double, double[], (double Divisor, double[] Slopes)> law)
    {
        static double[] Free(Vector<double> parameters) => parameters.SubVector(1, parameters.Count - 1).ToArray();
        var procs = Vector<double>.Build.DenseOfEnumerable(levels.Procs.Select(count => (double)count));
        var objective = ObjectiveFunction.NonlinearModel(
            (parameters, x) => x.Map(count => parameters[0] + Math.Log(count) - Math.Log(law(count, Free(parameters)).Divisor)),
            (parameters, x) => Matrix<double>.Build.DenseOfRows(x.Select(count =>
            {
                var (divisor, slopes) = law(count, Free(parameters));
                return slopes.Select(slope => -slope / divisor).Prepend(1);
            })),
            procs,
            Vector<double>.Build.DenseOfEnumerable(levels.LogRates));
        // The logarithm of a rate is far inside of +-100: e^100 operations a second.
        var count = start.Length;
        var found = new LevenbergMarquardtMinimizer(maximumIterations: 200).FindMinimum(
            objective,
            Vector<double>.Build.DenseOfEnumerable(start.Prepend(levels.LogRates[0])),
            lowerBound: Vector<double>.Build.DenseOfEnumerable(Enumerable.Repeat(0.0, count).Prepend(-100)),
            upperBound: Vector<double>.Build.DenseOfEnumerable(Enumerable.Repeat(1.0, count).Prepend(100)));
        return found.MinimizingPoint.ToArray();
    }
}
