namespace BlobsServer.Storage.Disk.Files;

internal enum LinkOutcome
{
    Linked,

    /// <summary>Somebody has the name.</summary>
    NameTaken,

    /// <summary>The directory was removed after it was opened.</summary>
    DirectoryGone,
}
