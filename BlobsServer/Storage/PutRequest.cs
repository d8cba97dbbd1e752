using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>A blob that is to be stored.</summary>
internal sealed record PutRequest
{
    public required BlobName Name { get; init; }

    /// <summary>The bytes; reading throws when the connection ends before the body does.</summary>
    public required PipeReader Body { get; init; }

    /// <summary>What Content-Length said; null when the body is chunked.</summary>
    public required long? AnnouncedBytes { get; init; }

    /// <summary>The client sends nothing before the body is read (Expect: 100-continue): refuse first what can be.</summary>
    public bool IsAwaitingContinue { get; init; }

    /// <summary>What the body must hash to.</summary>
    public IReadOnlyList<ExpectedDigest> Digests { get; init; } = [];
}
