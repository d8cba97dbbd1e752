using System.Runtime.CompilerServices;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk.Listing;

/// <summary>Lists a user's blobs.</summary>
internal sealed class BlobListing(BlobTree tree, DiskThreads threads, bool isLocal)
{
    public async IAsyncEnumerable<NameList> ListAsync(
        ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!TryOpen(query, tryNow: isLocal, out var directory))
        {
            await threads.ToWaitForDisk();
            TryOpen(query, tryNow: true, out directory);
        }

        if (directory is null) yield break;
        await threads.ToWaitForLock(); // a long walk would hold up others, also where all is in memory
        using var cursor = new IdCursor(directory, query);
        while (MoveNext(cursor))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return cursor.Ids;
            await threads.ToWaitForLock();
        }
    }

    public async ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var ids in ListAsync(query, cancellationToken)) count += ids.Count;
        return count;
    }

    /// <summary>False when that would have to wait for the disk.</summary>
    private bool TryOpen(ListQuery query, bool tryNow, out OpenFile? directory)
    {
        directory = null;
        try
        {
            var name = new BlobName(query.User, query.Namespace, "");
            return (tryNow || threads.MayWait)
                && tree.TryOpenDirectory(name, LeafWalk.NamespaceDepth, threads.MayWait, out directory);
        }
        catch (SystemCallException failure)
        {
            throw DiskFailure.Of(failure);
        }
    }

    private static bool MoveNext(IdCursor cursor)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (SystemCallException failure)
        {
            throw DiskFailure.Of(failure);
        }
    }
}
