using System.Collections.Concurrent;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>
/// Small blobs that were asked for lately. Two generations: when the young one is full it becomes the old one, and what
/// nobody asked for since it was old goes. So it is bounded, and finding takes no lock.
/// </summary>
internal sealed class BlobCache
{
    /// <summary>Each has a descriptor and up to 48 KiB.</summary>
    private const int MostBlobs = 512;

    private const int Remembered = 4096;

    private readonly int _generationBlobs = Math.Min(MostBlobs, Descriptors.Limit / 8) / 2;
    private readonly int[] _seen = new int[Remembered];
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<BlobName, CachedBlob> _young = new();
    private volatile ConcurrentDictionary<BlobName, CachedBlob> _old = new();

    public CachedBlob? Find(in BlobName name)
    {
        if (_young.TryGetValue(name, out var blob))
        {
            if (blob.IsStillThere()) return blob;
            if (_young.TryRemove(new(name, blob))) blob.Close();
            return null;
        }

        if (!_old.TryRemove(name, out blob)) return null;
        if (blob.IsStillThere())
        {
            Add(name, blob);
            return blob;
        }

        blob.Close();
        return null;
    }

    /// <summary>Whether the blob was asked for lately: one that is read once is not worth its place.</summary>
    public bool IsWanted(in BlobName name)
    {
        var hash = name.GetHashCode();
        ref var seen = ref _seen[hash & (Remembered - 1)];
        if (seen == hash) return _generationBlobs > 0;
        seen = hash;
        return false;
    }

    /// <summary>Takes a blob over, with its file.</summary>
    public void Add(in BlobName name, CachedBlob blob)
    {
        if (!_young.TryAdd(name, blob))
        {
            blob.Close();
            return;
        }

        if (_young.Count > _generationBlobs) Turn();
    }

    private void Turn()
    {
        lock (_turning)
        {
            if (_young.Count <= _generationBlobs) return;
            var gone = _old;
            _old = _young;
            _young = new();
            foreach (var (_, blob) in gone) blob.Close();
        }
    }
}
