namespace BlobsServer.Storage;

internal enum PutOutcome
{
    Stored,

    /// <summary>Somebody has the name; the result describes his blob.</summary>
    Exists,

    TooLarge,

    QuotaExceeded,

    /// <summary>The body ended before the announced length.</summary>
    Incomplete,

    /// <summary>The body is not what its digest says.</summary>
    DigestMismatch,
}

/// <summary>How storing ended. Whatever it is but Stored, nothing was stored.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Blob">The blob that has the name now; null when none does, or when it was deleted at the same moment.</param>
/// <param name="WrongDigestHeader">The header whose digest the body does not have; null when that was not the reason.</param>
internal readonly record struct PutResult(PutOutcome Outcome, StoredBlob? Blob = null, string? WrongDigestHeader = null);
