using Graph.Analysis.Estimating;

namespace Graph.Analysis.Scaling;

/// <summary>Fits the laws to the cells of one action, chooses one, and finds out how sure its numbers are.</summary>
internal static class ScalingAnalysis
{
    public const double Coverage = 0.9;

    private const int BandPoints = 49;

    /// <summary>Residuals smaller than this are rounding, and a law that fits exactly is not infinitely good.</summary>
    private const double LeastMeanSquare = 1e-12;

    /// <returns>Null where there are fewer than two process counts in common blocks.</returns>
    public static ScalingFit? Of(IEnumerable<Cell> cells)
    {
        var table = BlockTable.Of(cells);
        return table.Procs.Count < 2 || table.Rows.Count == 0 ? null : Of(table, [.. Laws(table.Procs.Count)]);
    }

    /// <summary>Fits these laws and no others; the one with the smallest AICc is chosen.</summary>
    public static ScalingFit Of(BlockTable table, params IReadOnlyList<Func<Levels, ScalingCurve>> laws)
    {
        var means = table.Means();
        var best = laws.Select(law => (Law: law, Curve: law(means)))
            .Select(tried => (tried.Law, Found: new Candidate(tried.Curve, Aicc(table, tried.Curve))))
            .OrderBy(tried => tried.Found.Aicc).ThenBy(tried => tried.Found.Curve.Parameters).ToList();
        var curve = best[0].Found.Curve;
        var resamples = table.Rows.Count > 1 ? BlockResampling.Of(table.Rows.Count) : [];
        var curves = resamples.Select(resample => best[0].Law(table.Means(resample.Times))).ToList();
        return new ScalingFit
        {
            Candidates = [.. best.Select(tried => tried.Found)],
            Procs = table.Procs,
            Estimates = [.. Numbers(curve).Select(number => Estimated(number.Name, number.Of, curve, curves, resamples))],
            Residuals = table.Residuals(curve),
            Band = curves.Count == 0 ? [] : Band(table.Procs, curve, curves, resamples),
            Peak = PeakWithin(table.Procs, curve, curves, resamples),
        };
    }

    /// <summary>A law with as many numbers as there are process counts would fit anything.</summary>
    private static List<Func<Levels, ScalingCurve>> Laws(int counts)
    {
        List<Func<Levels, ScalingCurve>> laws = [CurveFitting.Linear];
        if (counts >= 3) laws.AddRange([CurveFitting.Plateau, CurveFitting.Amdahl]);
        if (counts >= 4) laws.Add(CurveFitting.Universal);
        return laws;
    }

    /// <summary>
    /// Akaike's criterion for small samples (Burnham and Anderson, Model Selection and Multimodel Inference, section 2.4),
    /// after each block's own level was taken out, which costs one observation a block but the first.
    /// </summary>
    private static double Aicc(BlockTable table, ScalingCurve curve)
    {
        var residuals = table.Residuals(curve).SelectMany(row => row).ToList();
        var count = residuals.Count - (table.Rows.Count - 1);
        var numbers = curve.Parameters + 1;
        var fit = count * Math.Log(Math.Max(LeastMeanSquare, residuals.Sum(value => value * value) / count)) + 2 * numbers;
        // Too few observations to correct for: the plain criterion, or else no law could be ranked.
        return count > numbers + 1 ? fit + 2.0 * numbers * (numbers + 1) / (count - numbers - 1) : fit;
    }

    private static IEnumerable<(string Name, Func<ScalingCurve, double> Of)> Numbers(ScalingCurve curve)
    {
        yield return ("operations/s of one process", law => law.PerProcess);
        switch (curve)
        {
            case PlateauScaling:
                yield return ("processes at the ceiling", law => ((PlateauScaling)law).Knee);
                break;
            case AmdahlScaling:
                yield return ("contention", law => ((AmdahlScaling)law).Contention);
                break;
            case UniversalScaling:
                yield return ("contention", law => ((UniversalScaling)law).Contention);
                yield return ("coherency", law => ((UniversalScaling)law).Coherency);
                break;
        }
    }

    private static Estimate Estimated(
        string name, Func<ScalingCurve, double> number, ScalingCurve curve, List<ScalingCurve> curves, IReadOnlyList<Resample> resamples)
    {
        if (curves.Count == 0) return new Estimate(name, number(curve), null, null);
        var (low, high) = BlockResampling.Interval([.. curves.Select(number)], resamples, Coverage);
        return new Estimate(name, number(curve), low, high);
    }

    private static List<BandPoint> Band(
        IReadOnlyList<int> procs, ScalingCurve curve, List<ScalingCurve> curves, IReadOnlyList<Resample> resamples) =>
    [
        .. Enumerable.Range(0, BandPoints).Select(index =>
        {
            var place = procs[0] + (double)index / (BandPoints - 1) * (procs[^1] - procs[0]);
            var (low, high) = BlockResampling.Interval([.. curves.Select(one => one.At(place))], resamples, Coverage);
            return new BandPoint(place, curve.At(place), low, high);
        }),
    ];

    /// <summary>A peak is only claimed where its whole interval lies among the counts that were measured.</summary>
    private static Estimate? PeakWithin(
        IReadOnlyList<int> procs, ScalingCurve curve, List<ScalingCurve> curves, IReadOnlyList<Resample> resamples)
    {
        if (curve is not UniversalScaling || curves.Count == 0) return null;
        var peak = Estimated("processes", law => Math.Max(procs[0], law.Peak), curve, curves, resamples);
        return peak.High < procs[^1] ? peak : null;
    }
}
