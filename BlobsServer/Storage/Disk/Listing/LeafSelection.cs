using System.Text;
using BlobsServer.Storage.Disk.Files;
using Linux;

namespace BlobsServer.Storage.Disk.Listing;

/// <summary>Chooses, of what lies in a leaf, the ids that a query wants.</summary>
internal sealed class LeafSelection(ListQuery query)
{
    private readonly byte[] _after = Encoding.UTF8.GetBytes(query.After);

    /// <summary>Adds the wanted ids in ordinal order.</summary>
    public void Select(OpenFile leaf, NameList names, NameList ids)
    {
        if (query.Deleted) SelectDeleted(names, ids);
        else SelectBlobs(leaf, names, ids);
    }

    private void SelectBlobs(OpenFile leaf, NameList names, NameList ids)
    {
        for (var index = 0; index < names.Count; index++)
        {
            var id = names[index];
            if (!IsWanted(id)) continue;
            if (query.Flag is null || HasFlag(leaf, names, id)) ids.Add(id);
        }
    }

    private void SelectDeleted(NameList names, NameList ids)
    {
        if (query.Flag is not null) return; // what is deleted has no flags
        for (var index = 0; index < names.Count; index++)
        {
            if (!names[index].EndsWith(BlobSuffix.Deleted)) continue;
            var id = names[index][..^BlobSuffix.Deleted.Length];
            if (IsWanted(id) && !names.Contains(id)) ids.Add(id);
        }

        // With their suffixes they were not in the ids' order: '-' sorts before '.'.
        ids.Sort();
    }

    private bool IsWanted(ReadOnlySpan<byte> id) =>
        BlobName.IsName(id) && (_after.Length == 0 || id.SequenceCompareTo(_after) > 0);

    private bool HasFlag(OpenFile leaf, NameList names, ReadOnlySpan<byte> id)
    {
        Span<byte> flagsName = stackalloc byte[BlobPath.MaxBytes];
        id.CopyTo(flagsName);
        BlobSuffix.Flags.CopyTo(flagsName[id.Length..]);
        return names.Contains(flagsName[..(id.Length + BlobSuffix.Flags.Length)])
            && BlobFlags.Contains(leaf, Encoding.UTF8.GetString(id), query.Flag!);
    }
}
