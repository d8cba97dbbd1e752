using Linux;

namespace BlobsServer.Storage.Disk.Threads;

/// <summary>A system call that failed, as a store's failure.</summary>
internal static class DiskFailure
{
    public static StoreException Of(SystemCallException failure) => new(FileFailure.Of(failure.Errno), failure.Message, failure);

    /// <summary>Of a failure after the change was made.</summary>
    public static StoreException AfterChange(SystemCallException failure) =>
        new(StoreFailure.Uncertain, failure.Message, failure);
}
