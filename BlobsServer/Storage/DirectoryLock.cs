using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>
/// Held while flags are replaced and blobs deleted in one directory, across processes (flock), so that no flags outlive
/// their blob. Storing and reading do not take it.
/// </summary>
internal readonly struct DirectoryLock : IDisposable
{
    private readonly OpenFile _directory;

    private DirectoryLock(OpenFile directory) => _directory = directory;

    public static DirectoryLock Take(OpenFile directory)
    {
        FileLock.Wait(directory);
        return new DirectoryLock(directory);
    }

    public void Dispose() => FileLock.Release(_directory);
}
