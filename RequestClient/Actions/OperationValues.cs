using RequestClient.Blobs;

namespace RequestClient.Actions;

/// <summary>
/// What an operation has that others have not: its id, its line of the feed, and what it kept of its replies so far.
/// </summary>
internal sealed class OperationValues(int mostKept = 0)
{
    private readonly KeptValue[] _kept = [.. Enumerable.Range(0, mostKept).Select(_ => new KeptValue())];
    private FeedRows? _rows;

    public byte[] Id { get; } = new byte[IdSequence.IdLength];

    /// <summary>The operation's line among the feed's rows, from 0; null without a feed.</summary>
    public long? Row { get; private set; }

    /// <summary>
    /// What its first request must be answered, out of what its action allows; null when the action alone says so.
    /// </summary>
    public int? Status { get; private set; }

    /// <summary>Forgets the operation before.</summary>
    public void Begin(FeedRows? rows, long operation, int? status = null)
    {
        Status = status;
        _rows = rows;
        Row = rows is null ? null : operation % rows.Count;
        foreach (var value in _kept) value.IsThere = false;
    }

    public ReadOnlySpan<byte> Column(int index) => _rows!.Cell(Row!.Value, index);

    public ReadOnlySpan<byte> Kept(int index) => _kept[index].Bytes;

    public bool HasKept(int index) => _kept[index].IsThere;

    public void Keep(int index, ReadOnlySpan<byte> value) => _kept[index].Set(value);

    public void Forget(int index) => _kept[index].IsThere = false;
}
