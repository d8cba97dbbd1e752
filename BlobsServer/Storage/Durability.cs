namespace BlobsServer.Storage;

/// <summary>What an answer of 200 promises.</summary>
internal enum Durability
{
    /// <summary>The blob survives a power cut: file and directories are synced before the answer.</summary>
    Always,

    /// <summary>
    /// The blob survives the end of the process, however it ends; the kernel writes it to the disk when it likes.
    /// </summary>
    None,
}
