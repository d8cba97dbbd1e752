namespace Graph.Analysis.Scaling;

/// <summary>
/// The logarithms of the rates of one action: a row for each block that has every process count, a column for each count.
/// </summary>
internal sealed record BlockTable(IReadOnlyList<int> Procs, IReadOnlyList<IReadOnlyList<double>> Rows)
{
    public static BlockTable Of(IEnumerable<Cell> cells)
    {
        var columns = cells.Select(cell => (cell.Procs, Rates: Blocks.LogRates(cell))).Where(column => column.Rates.Count > 0)
            .OrderBy(column => column.Procs).ToList();
        if (columns.Count == 0) return new BlockTable([], []);
        var whole = columns[0].Rates.Keys.Where(block => columns.All(column => column.Rates.ContainsKey(block))).Order();
        return new BlockTable(
            [.. columns.Select(column => column.Procs)],
            [.. whole.Select(block => columns.Select(column => column.Rates[block]).ToArray())]);
    }

    /// <summary>The means over all blocks, or over a resample of them that takes each block so many times.</summary>
    public Levels Means(IReadOnlyList<int>? times = null) => new(
        Procs,
        [.. Procs.Select((_, column) => Rows.Select((row, index) => row[column] * (times?[index] ?? 1)).Sum() / (times?.Sum() ?? Rows.Count))]);

    /// <summary>
    /// How far each value lies from the means of its row and its column; what a block has in common is no residual.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>> Residuals(ScalingCurve curve)
    {
        var fitted = Procs.Select(procs => Math.Log(curve.At(procs))).ToArray();
        var middle = fitted.Average();
        return [.. Rows.Select(row => row.Select((value, column) => value - row.Average() - (fitted[column] - middle)).ToArray())];
    }
}
