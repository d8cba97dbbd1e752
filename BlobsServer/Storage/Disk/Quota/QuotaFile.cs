using BlobsServer.Storage.Disk.Files;
using Linux;

namespace BlobsServer.Storage.Disk.Quota;

/// <summary>A user's quota state on the disk, locked until it is disposed of.</summary>
internal sealed class QuotaFile : IDisposable
{
    private readonly OpenFile _file;

    private QuotaFile(OpenFile file) => _file = file;

    public static QuotaFile Lock(PrivateDirectory directory, string user)
    {
        while (true)
        {
            var file = directory.OpenOrCreate(user);
            try
            {
                FileLock.Wait(file);
                var status = file.Status();
                // Somebody else's file under our name (a hard link, a device) is not to be written to.
                if (!status.IsRegular || status.Links > 1)
                    throw new SystemCallException($"use of .blobs/quota/{user}", Errno.Invalid);
                // Somebody may have emptied DIR while we waited: a lock on a file without a name excludes nobody.
                if (status.Links == 1) return new QuotaFile(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }

            file.Dispose();
        }
    }

    /// <summary>Null when nothing sensible was saved yet.</summary>
    public QuotaState? Load()
    {
        Span<byte> bytes = stackalloc byte[QuotaState.Bytes];
        return QuotaState.FromBytes(bytes[.._file.ReadAt(bytes, 0)]);
    }

    public void Save(QuotaState state) => _file.WriteAt(state.ToBytes(), 0);

    public void Dispose() => _file.Dispose();
}
