using Linux;

namespace BlobsServer.Storage;

/// <summary>What an errno of a file means to those who know nothing of disks.</summary>
internal static class FileFailure
{
    public static StoreFailure Of(int errno) => errno switch
    {
        Errno.NoSpace or Errno.QuotaExceeded => StoreFailure.Full,
        Errno.TooManyOpenFiles or Errno.TooManyOpenFilesInSystem => StoreFailure.Busy,
        Errno.ReadOnlyFileSystem => StoreFailure.ReadOnly,
        _ => StoreFailure.Broken,
    };
}
