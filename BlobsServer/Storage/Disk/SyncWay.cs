namespace BlobsServer.Storage.Disk;

/// <summary>How what was answered is made to survive a power cut.</summary>
internal enum SyncWay
{
    /// <summary>
    /// With one commit of the file system's journal, where it has one that keeps the order of changes; else as the other.
    /// </summary>
    Journal,

    /// <summary>The file, then its directories, each by itself: what every file system promises.</summary>
    Files,
}
