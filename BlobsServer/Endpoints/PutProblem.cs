using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>Why a blob was not stored, as an answer; for a single PUT and for an upload of several.</summary>
internal static class PutProblem
{
    /// <param name="http">To be answered.</param>
    /// <param name="store">Knows the bounds.</param>
    /// <param name="result">Any but Stored.</param>
    /// <param name="members">What else the answer says.</param>
    public static Task WriteAsync(
        HttpContext http, IBlobStore store, PutResult result, params (string Name, object? Value)[] members)
    {
        if (result is { Outcome: PutOutcome.Exists, Blob: { } stored })
        {
            // So that a client whose first answer got lost can tell its own blob from another's.
            http.Response.Headers.ETag = stored.ETag;
            members = [.. members, ("etag", stored.ETag), ("contentLength", stored.SizeBytes), ("tag", stored.Tag)];
        }

        var (status, title, part) = Describe(store, result);
        if (part is not null) members = [.. members, ("part", part)];
        return Problem.WriteAsync(http, status, title, members);
    }

    private static (int Status, string Title, string? Part) Describe(IBlobStore store, PutResult result) => result.Outcome switch
    {
        PutOutcome.Exists => (409, "A blob with this id is stored already; blobs never change, so choose another id.", null),
        PutOutcome.TooLarge => (413, $"The blob is too large; this server takes up to {store.MaxBlobBytes} bytes.", "body"),
        PutOutcome.QuotaExceeded => (507, "The blob does not fit in what this user may store; delete some first.", null),
        PutOutcome.Incomplete => (400, "The body ended before the length that was announced; the blob was not stored.", "body"),
        PutOutcome.DigestMismatch =>
            (400, $"The body is not what {result.WrongDigestHeader} says; the blob was not stored.", result.WrongDigestHeader),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result.Outcome, "is no problem"),
    };
}
