using Linux;

namespace BlobsServer.Storage.Remote;

/// <summary>What it means that DIR did not take what is on its way to a store, or from it.</summary>
internal static class SpoolFailure
{
    /// <param name="failure">Of a file: .NET gives errno as its HResult.</param>
    public static StoreException Of(IOException failure) => new(Kind(failure.HResult), $"DIR: {failure.Message}", failure);

    private static StoreFailure Kind(int errno) => errno switch
    {
        Errno.NoSpace or Errno.QuotaExceeded => StoreFailure.Full,
        Errno.TooManyOpenFiles or Errno.TooManyOpenFilesInSystem => StoreFailure.Busy,
        _ => StoreFailure.Broken,
    };
}
