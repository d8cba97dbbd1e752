using Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>syncfs(2): the file system writes what was changed in one go, and what others have left to be written too.</summary>
internal sealed class FileSystemSync(OpenFile root, TimeProvider time) : ICommonSync
{
    /// <summary>Measured: 10 are a little slower together than one by one, and 64 half as fast again.</summary>
    private const int PaysFrom = 16;

    /// <summary>When it takes longer than that, the syncs of single files are the lesser evil for a while.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    // Before Linux 5.8 syncfs(2) does not tell when something could not be written.
    private readonly bool _isPossible = Environment.OSVersion.Version >= new Version(5, 8)
        && Libc.FileSystemOf(root.Descriptor, out var status) == 0 && status is { IsLocal: true, IsInMemory: false };

    private long _slowUntil = long.MinValue;

    public bool Pays(int count) => count >= PaysFrom && _isPossible && time.GetTimestamp() >= Volatile.Read(ref _slowUntil);

    public void Sync()
    {
        var startedAt = time.GetTimestamp();
        try
        {
            root.SyncFileSystem();
        }
        finally
        {
            if (time.GetElapsedTime(startedAt) > Tolerated)
            {
                Volatile.Write(ref _slowUntil, time.GetTimestamp() + (long)(Remembered.TotalSeconds * time.TimestampFrequency));
            }
        }
    }
}
