namespace BlobsServer.Storage;

/// <summary>What a blob's headers say of it.</summary>
/// <param name="SizeBytes">Content-Length.</param>
/// <param name="LastModified">When it was stored.</param>
/// <param name="Tag">See <see cref="BlobTag"/>.</param>
/// <param name="ETag">
/// A strong validator (RFC 9110, 8.8.3), quoted, that tells the blob from one that is stored under its name later.
/// </param>
internal sealed record StoredBlob(long SizeBytes, DateTimeOffset LastModified, string Tag, string ETag);
