namespace Graph.Analysis;

/// <summary>
/// One cell against another inside each block, where both ran close to each other, so that a machine that slowly changes
/// does not pass for a difference between them.
/// </summary>
internal static class Blocks
{
    /// <summary>The ratio of throughput in each block that has both, in the order of the blocks.</summary>
    public static IReadOnlyList<double> Ratios(Cell cell, Cell reference)
    {
        var references = ByBlock(reference);
        return
        [
            .. ByBlock(cell).Where(block => references.ContainsKey(block.Key)).OrderBy(block => block.Key.Block)
                .Select(block => Math.Exp(block.Value - references[block.Key])),
        ];
    }

    /// <summary>The logarithm of the rate in each block; the mean of them where a block holds a cell twice.</summary>
    private static Dictionary<(string? Study, int Block), double> ByBlock(Cell cell) =>
        cell.Runs.Where(run => run.Record is { Block: not null, Operations: > 0 })
            .GroupBy(run => (run.Record.Study, run.Record.Block!.Value))
            .ToDictionary(block => block.Key, block => block.Average(run => Math.Log(run.OperationsPerSecond)));
}
