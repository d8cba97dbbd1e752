using BlobsServer.Storage.Disk.Files;
using Linux;

namespace BlobsServer.Storage.Disk.Quota;

/// <summary>
/// Servers without a quota do not count. While one runs, and because of what it did until then, no saved count of DIR is
/// true; so it says that it is there by a lock (shared, of DIR itself), which the kernel drops when it ends in whatever way.
/// </summary>
internal static class UncountedServers
{
    /// <summary>From now on this process changes blobs without counting: what was counted is forgotten.</summary>
    public static void Join(OpenFile root)
    {
        OpenFileLock.TryShare(root);
        new PrivateDirectory(root, "quota").Clear();
    }

    public static bool IsOneRunning(OpenFile root) => OpenFileLock.IsShared(root);
}
