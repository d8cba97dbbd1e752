using System.Text;
using BlobsServer.Storage.Disk.Files;
using Linux;

namespace BlobsServer.Storage.Disk.Listing;

/// <summary>The ids that a query wants, a batch at a time; the limit included.</summary>
internal sealed class IdCursor(OpenFile namespaceDirectory, ListQuery query) : IDisposable
{
    private readonly LeafWalk _walk = new(namespaceDirectory, query.After);
    private readonly LeafSelection _selection = new(query);
    private int _left = query.Limit ?? int.MaxValue;
    private bool _isSorted;

    /// <summary>The batch, within the limit: a leaf's ids in ordinal order, or all ids by date.</summary>
    public NameList Ids { get; } = new();

    /// <summary>False when there is no further batch.</summary>
    public bool MoveNext()
    {
        if (_left == 0 || _isSorted) return false;
        Ids.Clear();
        if (query.Order != ListOrder.ById) SelectByDate();
        else if (!_walk.MoveNext()) return false;
        else _selection.Select(_walk.Leaf, _walk.Names, Ids);

        Ids.Truncate(Math.Min(Ids.Count, _left));
        _left -= Ids.Count;
        return true;
    }

    public void Dispose() => _walk.Dispose();

    /// <summary>
    /// By the time of the last write, then by id. This is the one order that needs them all in memory, and a stat each.
    /// </summary>
    private void SelectByDate()
    {
        var suffix = query.Deleted ? BlobSuffix.DeletedText : "";
        var found = new List<(long ModifiedNanoseconds, string Id)>();
        while (_walk.MoveNext())
        {
            Ids.Clear();
            _selection.Select(_walk.Leaf, _walk.Names, Ids);
            for (var index = 0; index < Ids.Count; index++)
            {
                var id = Encoding.UTF8.GetString(Ids[index]);
                if (LeafEntry.Status(_walk.Leaf, id, suffix) is { } status) found.Add((status.ModifiedNanoseconds, id));
            }
        }

        var sign = query.Order == ListOrder.ByDateDescending ? -1 : 1;
        found.Sort((left, right) => left.ModifiedNanoseconds == right.ModifiedNanoseconds
            ? string.CompareOrdinal(left.Id, right.Id)
            : sign * left.ModifiedNanoseconds.CompareTo(right.ModifiedNanoseconds));
        Ids.Clear();
        foreach (var (_, id) in found) Ids.Add(Encoding.UTF8.GetBytes(id));
        _isSorted = true;
    }
}
