using BlobsServer.Storage.Remote;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>A blob that is to become a row.</summary>
/// <param name="Name">Its name, when it is free.</param>
/// <param name="Body">Its bytes: held until the database has answered, whoever waits for that.</param>
/// <param name="Generation">See <see cref="Remote.Generation"/>.</param>
internal sealed record NewRow(BlobName Name, WholeBody Body, long Generation)
{
    /// <param name="storedAt">When the row came into the table; null when another has the name.</param>
    public PutResult Result(DateTime? storedAt) => storedAt is { } time
        ? new(PutOutcome.Stored, Remote.Generation.Describe(Body.SizeBytes, time, Body.Tag, Generation))
        : new(PutOutcome.Exists);
}
