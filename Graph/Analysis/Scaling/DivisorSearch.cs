namespace Graph.Analysis.Scaling;

/// <summary>
/// Searches for the numbers (at most two) of the divisor 1 + a(N-1) + bN(N-1) that leave the smallest squares, by Levenberg and
/// Marquardt's method with all numbers kept in [0, 1]: one that lies on its bound and is pushed outward stays there.
/// Source: J. Nocedal and S. Wright, Numerical Optimization, sections 10.3 and 16.7.
/// A report does it ten thousand times, so that its arrays are made once a search.
/// </summary>
internal sealed class DivisorSearch
{
    private const int MostSteps = 100;
    private const double LeastGain = 1e-15;

    private readonly double[] _distances; // logarithms of rate over processes
    private readonly double[][] _terms; // what each number is multiplied by, at each number of processes
    private readonly double[][] _slopes;
    private readonly double[] _divisors;
    private readonly double[] _downhill;
    private double[] _numbers;
    private double[] _tried;
    private double[] _residuals;
    private double[] _nextResiduals;

    /// <param name="levels">What is fitted.</param>
    /// <param name="start">Nothing, a, or a and b, to begin at.</param>
    public DivisorSearch(Levels levels, params ReadOnlySpan<double> start)
    {
        var counts = levels.Procs.Count;
        (_distances, _divisors, _residuals, _nextResiduals) =
            (new double[counts], new double[counts], new double[counts], new double[counts]);
        (_numbers, _tried, _downhill) = (start.ToArray(), start.ToArray(), new double[start.Length]);
        (_terms, _slopes) = (new double[start.Length][], new double[start.Length][]);
        for (var number = 0; number < start.Length; number++)
            (_terms[number], _slopes[number]) = (new double[counts], new double[counts]);
        for (var index = 0; index < counts; index++)
        {
            var procs = levels.Procs[index];
            _distances[index] = levels.LogRates[index] - Math.Log(procs);
            for (var number = 0; number < start.Length; number++)
                _terms[number][index] = number == 0 ? procs - 1 : (double)procs * (procs - 1);
        }

        Mean = Minimize();
    }

    /// <summary>What was found, as many as there were to begin at.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    /// <summary>
    /// The mean logarithm of the rate over the law for a rate of 1: with it as the law's rate the mean residual is 0.
    /// </summary>
    public double Mean { get; }

    private double Minimize()
    {
        var damping = 1e-3;
        var mean = FindResiduals(_numbers, _residuals, out var squares);
        if (_numbers.Length == 0) return mean;
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            Step(mean, damping);
            var nextMean = FindResiduals(_tried, _nextResiduals, out var nextSquares);
            if (nextSquares > squares)
            {
                damping *= 10;
                continue;
            }

            var gain = squares - nextSquares;
            (_numbers, _tried) = (_tried, _numbers);
            (_residuals, _nextResiduals) = (_nextResiduals, _residuals);
            (mean, squares, damping) = (nextMean, nextSquares, damping / 10);
            if (gain <= LeastGain * (1 + squares)) break;
        }

        return mean;
    }

    private double Divisor(double[] numbers, int index)
    {
        var divisor = 1.0;
        for (var number = 0; number < numbers.Length; number++) divisor += numbers[number] * _terms[number][index];
        return divisor;
    }

    /// <summary>Logarithms of the rate over the law for a rate of 1.</summary>
    /// <returns>Their mean.</returns>
    private double FindResiduals(double[] numbers, double[] residuals, out double squares)
    {
        for (var index = 0; index < residuals.Length; index++)
            residuals[index] = _distances[index] + Math.Log(Divisor(numbers, index));
        var mean = residuals.Average();
        squares = 0;
        foreach (var residual in residuals) squares += (residual - mean) * (residual - mean);
        return mean;
    }

    /// <summary>From the numbers that there are to those that are tried.</summary>
    private void Step(double mean, double damping)
    {
        for (var index = 0; index < _divisors.Length; index++) _divisors[index] = Divisor(_numbers, index);
        for (var number = 0; number < _slopes.Length; number++)
        {
            var slopes = _slopes[number];
            for (var index = 0; index < slopes.Length; index++) slopes[index] = _terms[number][index] / _divisors[index];
            var meanSlope = slopes.Average();
            var sum = 0.0;
            for (var index = 0; index < slopes.Length; index++)
            {
                slopes[index] -= meanSlope;
                sum += slopes[index] * (_residuals[index] - mean);
            }

            _downhill[number] = -sum;
        }

        _numbers.CopyTo(_tried, 0);
        if (_numbers.Length == 1) StepAlone(0, damping);
        else if (!IsFree(0)) StepAlone(1, damping);
        else if (!IsFree(1)) StepAlone(0, damping);
        else StepBoth(damping);
        for (var number = 0; number < _tried.Length; number++) _tried[number] = Math.Clamp(_tried[number], 0, 1);
    }

    private void StepAlone(int number, double damping)
    {
        if (IsFree(number)) _tried[number] += _downhill[number] / Math.Max(Product(number, number) * (1 + damping), 1e-300);
    }

    private void StepBoth(double damping)
    {
        var (first, second, both) = (Product(0, 0) * (1 + damping), Product(1, 1) * (1 + damping), Product(0, 1));
        var determinant = first * second - both * both;
        if (determinant <= 0) return;
        _tried[0] += (_downhill[0] * second - _downhill[1] * both) / determinant;
        _tried[1] += (_downhill[1] * first - _downhill[0] * both) / determinant;
    }

    private bool IsFree(int number) =>
        !(_numbers[number] <= 0 && _downhill[number] < 0) && !(_numbers[number] >= 1 && _downhill[number] > 0);

    private double Product(int left, int right)
    {
        var sum = 0.0;
        for (var index = 0; index < _slopes[left].Length; index++) sum += _slopes[left][index] * _slopes[right][index];
        return sum;
    }
}
