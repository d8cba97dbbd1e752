using RequestClient.Load.Judging;

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

    public void Add(Failure failure, string where) => Add(failure.Kind, 1, $"{where}: {failure.Detail}");

    /// <summary>Adds all that another one counted.</summary>
    public void Add(ErrorTally other)
    {
        foreach (var (kind, count) in other._counts) Add(kind, count, other._examples[kind]);
    }

    private void Add(string kind, long count, string example)
    {
        Total += count;
        _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        _examples.TryAdd(kind, example);
    }
}
