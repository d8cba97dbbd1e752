using Graph.Analysis.Estimating;

namespace Graph.Analysis.Scaling;

/// <summary>Fits the laws to the cells of one action, chooses one, and finds out how sure its numbers are.</summary>
internal static class ScalingAnalysis
{
    public const double Coverage = 0.9;

    private const int BandPoints = 49;

    /// <summary>A number nearer to the end of its range than this lies on it.</summary>
    private const double Touching = 1e-6;

    /// <returns>
    /// Null where there are fewer than three process counts in common blocks: of two a line alone could be tried, and "each adds
    /// as much as the first" would be said of whatever they did.
    /// </returns>
    public static ScalingFit? Of(BlockTable table)
    {
        return table.Procs.Count < 3 || table.Rows.Count == 0 ? null : Of(table, [.. Laws(table.Procs.Count)]);
    }

    /// <summary>Fits these laws and no others; the one with the smallest AICc is chosen.</summary>
    public static ScalingFit Of(BlockTable table, params IReadOnlyList<Func<Levels, ScalingCurve>> laws)
    {
        var sample = table.Sampled();
        var tried = Try(sample, laws);
        var (law, curve) = (tried[0].Law, tried[0].Found.Curve);
        var resamples = table.Rows.Count > 1 ? BlockResampling.Of(table.Rows.Count) : [];
        // Each resample chooses its law anew, or the intervals would claim that the choice was certain.
        var fits = resamples.Select(resample =>
        {
            var drawn = table.Sampled(resample.Times);
            var best = Try(drawn, laws)[0];
            return new Fitted(best.Found.Curve, best.Law == law ? best.Found.Curve : law(drawn.Levels));
        }).ToList();
        return new ScalingFit
        {
            Candidates = [.. tried.Select(one => one.Found)],
            Procs = table.Procs,
            Estimates = [.. Numbers(curve, table.Procs).Select(number => Estimated(number, fits, resamples))],
            Residuals = table.Residuals(curve),
            Band = fits.Count == 0 ? [] : Band(table.Procs, curve, fits, resamples),
            Peak = PeakWithin(table.Procs, curve, fits, resamples),
            ChosenRatio = fits.Count == 0
                ? null
                : fits.Zip(resamples).Where(fit => fit.First.Chosen.GetType() == curve.GetType()).Sum(fit => fit.Second.Weight),
            LackOfFit = LackOfFit.Of(sample, curve),
        };
    }

    /// <summary>The best first; of two that explain equally much, the one with fewer numbers.</summary>
    private static List<(Func<Levels, ScalingCurve> Law, Candidate Found)> Try(
        Sample sample, IReadOnlyList<Func<Levels, ScalingCurve>> laws) =>
    [
        .. laws.Select(law => (law, Curve: law(sample.Levels)))
            .Select(one => (one.law, new Candidate(one.Curve, sample.Aicc(one.Curve))))
            .OrderBy(one => one.Item2.Aicc).ThenBy(one => one.Item2.Curve.Parameters),
    ];

    /// <summary>A law with as many numbers as there are process counts would fit anything.</summary>
    private static List<Func<Levels, ScalingCurve>> Laws(int counts)
    {
        List<Func<Levels, ScalingCurve>> laws = [CurveFitting.Linear, CurveFitting.Plateau, CurveFitting.Amdahl];
        if (counts >= 4) laws.Add(CurveFitting.Universal);
        return laws;
    }

    /// <summary>A number of a law, its range, and where it is found in what a resample says.</summary>
    private sealed record Number(string Name, double Value, double Least, double Most, Func<Fitted, double> Of);

    private static IEnumerable<Number> Numbers(ScalingCurve curve, IReadOnlyList<int> procs)
    {
        yield return new(
            "operations/s of one process", curve.PerProcess, 0, double.PositiveInfinity, fit => fit.Chosen.PerProcess);
        switch (curve)
        {
            case PlateauScaling plateau:
                yield return new("processes at the ceiling", plateau.Knee, procs[0], procs[^1], fit => fit.Knee(procs[^1]));
                break;
            case AmdahlScaling amdahl:
                yield return new("contention", amdahl.Contention, 0, 1, fit => fit.Contention);
                break;
            case UniversalScaling universal:
                yield return new("contention", universal.Contention, 0, 1, fit => fit.Contention);
                yield return new("coherency", universal.Coherency, 0, 1, fit => fit.Coherency);
                break;
        }
    }

    private static Estimate Estimated(Number number, List<Fitted> fits, IReadOnlyList<Resample> resamples)
    {
        double OnBound(double value) =>
            value <= number.Least + Touching ? number.Least : value >= number.Most - Touching ? number.Most : value;
        if (fits.Count == 0) return new Estimate(number.Name, OnBound(number.Value), null, null);
        var (low, high) = BlockResampling.Interval([.. fits.Select(number.Of)], resamples, Coverage);
        (low, high) = (OnBound(low), OnBound(high));
        return new Estimate(number.Name, OnBound(number.Value), low, high)
        {
            LowIsBound = low == number.Least,
            HighIsBound = high == number.Most,
        };
    }

    private static List<BandPoint> Band(IReadOnlyList<int> procs, ScalingCurve curve, List<Fitted> fits, IReadOnlyList<Resample> resamples) =>
    [
        .. Enumerable.Range(0, BandPoints).Select(index =>
        {
            var place = procs[0] + (double)index / (BandPoints - 1) * (procs[^1] - procs[0]);
            var (low, high) = BlockResampling.Interval([.. fits.Select(fit => fit.Chosen.At(place))], resamples, Coverage);
            return new BandPoint(place, curve.At(place), low, high);
        }),
    ];

    /// <summary>A peak is only claimed where its whole interval lies among the counts that were measured.</summary>
    private static Estimate? PeakWithin(IReadOnlyList<int> procs, ScalingCurve curve, List<Fitted> fits, IReadOnlyList<Resample> resamples)
    {
        if (curve is not UniversalScaling || fits.Count == 0) return null;
        double Within(ScalingCurve law) => Math.Clamp(law.Peak, procs[0], procs[^1]);
        var peak = Estimated(new("processes", Within(curve), procs[0], procs[^1], fit => Within(fit.Chosen)), fits, resamples);
        return peak.HighIsBound ? null : peak;
    }
}
