namespace BlobsServer.Tests.Linearizability;

/// <summary>
/// Whether some order of the operations, in which none comes before one that had returned before it was called, is
/// possible for the model: Wing and Gong's search with Lowe's memory of what was tried ("Testing for linearizability", 2017).
/// </summary>
internal static class Checker
{
    public const int MaxOperations = 64;

    public static bool IsLinearizable(IReadOnlyList<Operation> history)
    {
        if (history.Count > MaxOperations)
        {
            throw new ArgumentException($"{history.Count} operations are more than {MaxOperations}", nameof(history));
        }
        var all = history.Count == MaxOperations ? ulong.MaxValue : (1UL << history.Count) - 1;
        var tried = new HashSet<(ulong Done, BlobModel State)>();
        var stack = new Stack<(ulong Done, BlobModel State)>([(0UL, default)]);
        while (stack.TryPop(out var node))
        {
            if (node.Done == all) return true;
            if (!tried.Add(node)) continue;
            var firstReturn = long.MaxValue;
            for (var index = 0; index < history.Count; index++)
            {
                if ((node.Done & (1UL << index)) == 0) firstReturn = Math.Min(firstReturn, history[index].ReturnedAt);
            }

            for (var index = 0; index < history.Count; index++)
            {
                var isOpen = (node.Done & (1UL << index)) == 0 && history[index].CalledAt <= firstReturn;
                if (isOpen && node.State.Apply(history[index]) is { } next) stack.Push((node.Done | (1UL << index), next));
            }
        }

        return false;
    }
}
