using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;

namespace Graph.Analysis.Scaling;

/// <summary>
/// The logarithms of the rates of one action: a row for each unit of analysis that has every process count, a column for each
/// count.
/// </summary>
internal sealed record BlockTable(IReadOnlyList<int> Procs, IReadOnlyList<IReadOnlyList<double>> Rows)
{
    // Resampling asks for them a thousand times.
    private readonly double[][] _rows = [.. Rows.Select(row => row.ToArray())];
    private readonly double[] _levels = [.. Rows.Select(row => row.Average())];

    public static BlockTable Of(IEnumerable<Cell> cells) =>
        Of(cells.Select(cell => (cell.Procs, UnitValues.OfUnits(UnitValues.LogRates(cell.Runs)))));

    /// <summary>Of ratios to the fewest processes, which are 1 by themselves.</summary>
    /// <param name="fewest">The number of processes that the ratios are to.</param>
    /// <param name="ratios">Logarithms by number of processes and unit.</param>
    public static BlockTable OfRatios(int fewest, IReadOnlyDictionary<int, IReadOnlyDictionary<int, double>> ratios) =>
        Of(ratios.Select(count => (count.Key, count.Value)).Append(
            (fewest, ratios.Values.SelectMany(count => count.Keys).Distinct().ToDictionary(unit => unit, _ => 0.0))));

    private static BlockTable Of(IEnumerable<(int Procs, IReadOnlyDictionary<int, double> Rates)> all)
    {
        var columns = all.Where(column => column.Rates.Count > 0).OrderBy(column => column.Procs).ToList();
        if (columns.Count == 0) return new BlockTable([], []);
        var whole = columns[0].Rates.Keys.Where(unit => columns.All(column => column.Rates.ContainsKey(unit))).Order();
        return new BlockTable(
            [.. columns.Select(column => column.Procs)],
            [.. whole.Select(unit => columns.Select(column => column.Rates[unit]).ToArray())]);
    }

    /// <summary>All blocks, or a resample of them that takes each so many times, summed up for fitting.</summary>
    public Sample Sampled(IReadOnlyList<int>? times = null)
    {
        var sums = new double[Procs.Count];
        var (squares, count) = (0.0, 0);
        for (var index = 0; index < _rows.Length; index++)
        {
            var weight = times?[index] ?? 1;
            var (row, level) = (_rows[index], _levels[index]);
            count += weight;
            for (var column = 0; column < sums.Length; column++)
            {
                sums[column] += weight * row[column];
                squares += weight * (row[column] - level) * (row[column] - level);
            }
        }

        var means = sums.Select(sum => sum / count).ToArray();
        var middle = means.Average();
        var explained = count * means.Sum(mean => (mean - middle) * (mean - middle));
        return new Sample(new Levels(Procs, means), Math.Max(0, squares - explained), count);
    }

    /// <summary>
    /// How far each value lies from the means of its row and its column; what a block has in common is no residual.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> Residuals(ScalingCurve curve)
    {
        var fitted = Procs.Select(procs => Math.Log(curve.At(procs))).ToArray();
        var middle = fitted.Average();
        return [.. Rows.Select(
            row => row.Select((value, column) => value - row.Average() - (fitted[column] - middle)).ToArray())];
    }
}
