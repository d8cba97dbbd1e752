namespace BlobsServer.Storage.PostgreSql;

/// <summary>A row without its bytes.</summary>
internal sealed record StoredRow(StoredBlob Blob, long Generation);
