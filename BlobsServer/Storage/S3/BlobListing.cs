using System.Runtime.CompilerServices;
using System.Text;
using Amazon.S3.Model;

namespace BlobsServer.Storage.S3;

/// <summary>
/// Lists a user's blobs, a thousand keys a request. Only the order of ids is S3's own: dates, counts and tombstones take a
/// listing of all, and a flag two requests for each blob that has any.
/// </summary>
internal sealed class BlobListing(Bucket bucket, BlobFlags flags)
{
    private const int BatchIds = 1000;

    public async IAsyncEnumerable<NameList> ListAsync(
        ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ids = new NameList();
        var left = query.Limit ?? int.MaxValue;
        await foreach (var (id, _) in InOrderAsync(query, cancellationToken))
        {
            ids.Add(Encoding.ASCII.GetBytes(id));
            if (--left == 0) break;
            if (ids.Count < BatchIds) continue;
            yield return ids;
            ids.Clear();
        }

        if (ids.Count > 0) yield return ids;
    }

    public async ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var _ in WantedAsync(query, cancellationToken)) count++;
        return count;
    }

    private IAsyncEnumerable<(string Id, DateTime Modified)> InOrderAsync(ListQuery query, CancellationToken cancellationToken) =>
        query.Order == ListOrder.ById ? WantedAsync(query, cancellationToken) : ByDateAsync(query, cancellationToken);

    private async IAsyncEnumerable<(string Id, DateTime Modified)> ByDateAsync(
        ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new List<(string Id, DateTime Modified)>();
        await foreach (var entry in WantedAsync(query, cancellationToken)) found.Add(entry);
        var sign = query.Order == ListOrder.ByDateDescending ? -1 : 1;
        found.Sort((left, right) => left.Modified == right.Modified
            ? string.CompareOrdinal(left.Id, right.Id)
            : sign * left.Modified.CompareTo(right.Modified));
        foreach (var entry in found) yield return entry;
    }

    private IAsyncEnumerable<(string Id, DateTime Modified)> WantedAsync(
        ListQuery query, CancellationToken cancellationToken) => query switch
        {
            // What is deleted has no flags.
            { Deleted: true, Flag: not null } => AsyncEnumerable.Empty<(string, DateTime)>(),
            { Deleted: true } => DeletedAsync(query, cancellationToken),
            { Flag: { } flag } => FlaggedAsync(query, flag, cancellationToken),
            _ => KeysAsync(ObjectKeys.Blobs(query.User, query.Namespace), query.After, cancellationToken),
        };

    /// <summary>Tombstones whose name is free: two sorted listings side by side.</summary>
    private async IAsyncEnumerable<(string Id, DateTime Modified)> DeletedAsync(
        ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var blobs = KeysAsync(ObjectKeys.Blobs(query.User, query.Namespace), query.After, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var hasBlob = await blobs.MoveNextAsync();
        await foreach (var gone in KeysAsync(ObjectKeys.Tombstones(query.User, query.Namespace), query.After, cancellationToken))
        {
            while (hasBlob && string.CompareOrdinal(blobs.Current.Id, gone.Id) < 0) hasBlob = await blobs.MoveNextAsync();
            if (!hasBlob || blobs.Current.Id != gone.Id) yield return gone;
        }
    }

    private async IAsyncEnumerable<(string Id, DateTime Modified)> FlaggedAsync(
        ListQuery query, string flag, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var withFlags = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (key, _) in KeysAsync(ObjectKeys.Flags(query.User, query.Namespace), query.After, cancellationToken))
        {
            withFlags.Add(key[..key.IndexOf('/', StringComparison.Ordinal)]);
        }

        await foreach (var entry in KeysAsync(ObjectKeys.Blobs(query.User, query.Namespace), query.After, cancellationToken))
        {
            if (!withFlags.Contains(entry.Id)) continue;
            var stored = await flags.ReadAsync(new BlobName(query.User, query.Namespace, entry.Id), cancellationToken);
            if (stored is not null && StoredFlags.Hold(stored, flag)) yield return entry;
        }
    }

    /// <summary>What follows the prefix in the keys that have it, in ordinal order.</summary>
    private async IAsyncEnumerable<(string Id, DateTime Modified)> KeysAsync(
        string prefix, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? start = prefix + after;
        while (start is not null)
        {
            var request = new ListObjectsV2Request { BucketName = bucket.Name, Prefix = prefix, StartAfter = start };
            var page =
                await bucket.ReadAsync((client, patience) => client.ListObjectsV2Async(request, patience), cancellationToken);
            foreach (var found in page.S3Objects ?? []) yield return (found.Key[prefix.Length..], found.LastModified ?? default);
            start = page.IsTruncated == true ? page.S3Objects?[^1].Key : null;
        }
    }
}
