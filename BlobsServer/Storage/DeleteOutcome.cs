namespace BlobsServer.Storage;

internal enum DeleteOutcome
{
    Deleted,
    NotFound,

    /// <summary>The blob is another than the one that was to be deleted.</summary>
    NotMatched,
}
