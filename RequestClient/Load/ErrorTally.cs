namespace RequestClient.Load;

/// <summary>Failed operations by kind, with the first example of each.</summary>
internal sealed class ErrorTally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _examples = new(StringComparer.Ordinal);

    public long Total { get; private set; }

    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>The first detail of each kind.</summary>
    public IReadOnlyDictionary<string, string> Examples => _examples;

    public void Add(Failure failure, string where)
    {
        Total++;
        _counts[failure.Kind] = _counts.GetValueOrDefault(failure.Kind) + 1;
        _examples.TryAdd(failure.Kind, $"{where}: {failure.Detail}");
    }
}
