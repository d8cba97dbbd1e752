namespace Graph.Analysis;

/// <summary>
/// One cell against another inside each block, where both ran close to each other, so that a machine that slowly changes
/// does not pass for a difference between them.
/// </summary>
internal static class Blocks
{
    /// <summary>The logarithm of the ratio of throughput in each block that has both, in the order of the blocks.</summary>
    public static IReadOnlyList<double> LogRatios(Cell cell, Cell reference)
    {
        var references = LogRates(reference);
        return
        [
            .. LogRates(cell).Where(block => references.ContainsKey(block.Key)).OrderBy(block => block.Key)
                .Select(block => block.Value - references[block.Key]),
        ];
    }

    /// <summary>The logarithm of the rate in each block; the mean of them where a block holds the cell twice.</summary>
    public static IReadOnlyDictionary<(string Study, int Block), double> LogRates(Cell cell) =>
        cell.Runs.Where(run => run.Record is { Block: not null, Operations: > 0 })
            .GroupBy(run => (run.Record.Study ?? "", run.Record.Block!.Value))
            .ToDictionary(block => block.Key, block => block.Average(run => Math.Log(run.OperationsPerSecond)));
}
