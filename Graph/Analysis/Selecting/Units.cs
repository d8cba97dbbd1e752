using StudyResults;

namespace Graph.Analysis.Selecting;

/// <summary>
/// Finds the units of analysis. What differs from start to start (code that was compiled otherwise, memory that lies otherwise)
/// is the same for all blocks of one start, so these tell no more than one. Blocks that share a start are one unit; where each
/// arm has starts of its own, a block is one.
/// </summary>
internal sealed class Units
{
    private readonly Dictionary<(string Study, bool IsStart, int Number), (string Study, bool IsStart, int Number)> _above = [];
    private readonly Dictionary<(string Study, bool IsStart, int Number), int> _numbers = [];

    public Units(IEnumerable<RunRecord> records)
    {
        foreach (var record in records.Where(record => record is { Block: not null, Start: not null }))
        {
            var (block, start) = (Top(BlockOf(record)), Top(StartOf(record)));
            if (block != start) _above[start] = block;
        }
    }

    /// <summary>Null where the record names neither a block nor a start.</summary>
    public Block? Of(RunRecord record)
    {
        if (record.Block is null && record.Start is null) return null;
        var top = Top(record.Block is null ? StartOf(record) : BlockOf(record));
        if (!_numbers.TryGetValue(top, out var unit)) _numbers.Add(top, unit = _numbers.Count);
        // A start without blocks is a block by itself; blocks count from 1, so there it can't be taken for another.
        return new Block(record.Study ?? "", record.Block ?? -record.Start!.Value, unit);
    }

    private static (string Study, bool IsStart, int Number) BlockOf(RunRecord record) =>
        (record.Study ?? "", false, record.Block!.Value);

    private static (string Study, bool IsStart, int Number) StartOf(RunRecord record) =>
        (record.Study ?? "", true, record.Start!.Value);

    private (string Study, bool IsStart, int Number) Top((string Study, bool IsStart, int Number) node)
    {
        while (_above.TryGetValue(node, out var above)) node = above;
        return node;
    }
}
