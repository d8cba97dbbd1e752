using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>What an errno means to those who know nothing of disks.</summary>
internal static class DiskFailure
{
    public static StoreException Of(SystemCallException failure) => new(Kind(failure.Errno), failure.Message, failure);

    /// <summary>Of a failure after the change was made.</summary>
    public static StoreException AfterChange(SystemCallException failure) =>
        new(StoreFailure.Uncertain, failure.Message, failure);

    private static StoreFailure Kind(int errno) => errno switch
    {
        Errno.NoSpace or Errno.QuotaExceeded => StoreFailure.Full,
        Errno.TooManyOpenFiles or Errno.TooManyOpenFilesInSystem => StoreFailure.Busy,
        Errno.ReadOnlyFileSystem => StoreFailure.ReadOnly,
        _ => StoreFailure.Broken,
    };
}
