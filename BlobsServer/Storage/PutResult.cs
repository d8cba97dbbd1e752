namespace BlobsServer.Storage;

internal enum PutOutcome
{
    Stored,

    /// <summary>Somebody has the name; the result describes his blob.</summary>
    Exists,

    TooLarge,

    /// <summary>The body ended before the announced length.</summary>
    Incomplete,
}

/// <summary>How storing ended.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Blob">The blob that has the name now; null when none does, or when it was deleted at the same moment.</param>
internal readonly record struct PutResult(PutOutcome Outcome, StoredBlob? Blob = null);
