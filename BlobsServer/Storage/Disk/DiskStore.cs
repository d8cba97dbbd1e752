using BlobsServer.Storage.Disk.Durable;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Listing;
using BlobsServer.Storage.Disk.Quota;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>
/// The blobs of one directory, which any number of processes may serve at the same time. What it is made of speaks of
/// errnos; here they become failures of a store.
/// </summary>
internal sealed class DiskStore : IBlobStore
{
    private readonly DiskThreads _threads;
    private readonly Spool _spool;
    private readonly BlobWriter _writer;
    private readonly BlobReader _reader;
    private readonly BlobFlags _flags;
    private readonly BlobDeletion _deletion;
    private readonly BlobListing _listing;

    private DiskStore(StoreOptions options, int maxThreads, SyncWay way, DataDirectory data, TimeProvider time)
    {
        var tree = new BlobTree(data.Root);
        _ = Libc.FileSystemOf(data.Root.Descriptor, out var fileSystem);
        _threads = new DiskThreads(fileSystem.IsInMemory, maxThreads);
        _spool = new Spool(data.Root);
        var journal = way == SyncWay.Journal ? OrderedJournal.Find(data.Root) : null;
        var group = new GroupSync((ICommonSync?)journal ?? new FileSystemSync(data.Root, time), _threads, time);
        var syncer = new Syncer(tree, data.Above, options.Durability, _threads, journal, group);
        if (options.QuotaBytes is null) UncountedServers.Join(data.Root);
        var quota = options.QuotaBytes is { } bytes ? new UserQuota(tree, bytes, time) : null;
        _writer = new BlobWriter(tree, _spool, syncer, _threads, quota, options.MaxBlobBytes);
        _reader = new BlobReader(tree, _threads, fileSystem.IsLocal);
        _flags = new BlobFlags(tree, _spool, syncer, _threads);
        _deletion = new BlobDeletion(tree, syncer, _threads, quota);
        _listing = new BlobListing(tree, _threads, fileSystem.IsLocal);
        MaxBlobBytes = options.MaxBlobBytes;
    }

    public long MaxBlobBytes { get; }

    /// <summary>Opens the directory, making it when it is missing. Throws IOException when it can't be written.</summary>
    /// <param name="directory">DIR.</param>
    /// <param name="options">What is asked of the store.</param>
    /// <param name="maxThreads">How many threads may wait for the disk at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="way">How what was answered is made to survive a power cut.</param>
    public static DiskStore Open(
        string directory, StoreOptions options, int maxThreads, TimeProvider time, SyncWay way = SyncWay.Journal) =>
        new(options, maxThreads, way, DataDirectory.Open(directory), time);

    public ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken) =>
        Translate(_writer.PutAsync(request, cancellationToken));

    public ValueTask<StoredBlob?> FindAsync(BlobName name, CancellationToken cancellationToken) =>
        Translate(_writer.FindAsync(name));

    public ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken) =>
        Translate(_reader.OpenAsync(name));

    public ValueTask<byte[]?> ReadFlagsAsync(BlobName name, CancellationToken cancellationToken) =>
        Translate(_flags.ReadAsync(name));

    public ValueTask<bool> ReplaceFlagsAsync(BlobName name, byte[] flags, CancellationToken cancellationToken) =>
        Translate(_flags.ReplaceAsync(name, flags));

    public ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken) =>
        Translate(_deletion.DeleteAsync(name, ifMatch));

    public IAsyncEnumerable<NameList> ListAsync(ListQuery query, CancellationToken cancellationToken) =>
        _listing.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken) =>
        _listing.CountAsync(query, cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => new(Translate(ProbeAsync()).AsTask());

    private async ValueTask<bool> ProbeAsync()
    {
        await _threads.ToWaitForLock();
        _spool.Probe();
        return true;
    }

    private static ValueTask<T> Translate<T>(ValueTask<T> operation)
    {
        return operation.IsCompletedSuccessfully ? operation : AwaitAsync(operation);

        static async ValueTask<T> AwaitAsync(ValueTask<T> operation)
        {
            try
            {
                return await operation;
            }
            catch (SystemCallException failure)
            {
                throw DiskFailure.Of(failure);
            }
        }
    }
}
