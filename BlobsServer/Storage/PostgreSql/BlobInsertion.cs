using BlobsServer.Storage.Remote;
using Npgsql;
using NpgsqlTypes;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>
/// Storing a blob, as one story. The primary key lets one of those who race for a name in: the others wait for its commit and
/// insert nothing. What was not committed was never there.
/// </summary>
internal sealed class BlobInsertion(Database database, BlobQuery query, UnnamedFiles files, long maxBlobBytes, long? quotaBytes)
{
    private const string Insert =
        """
        INSERT INTO blobs (owner, namespace, id, generation, size, tag, data) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (owner, namespace, id) DO NOTHING RETURNING stored_at
        """;

    private const string Used = "SELECT used_bytes FROM blob_usage WHERE owner = $1";

    public async ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken)
    {
        // 1. What can be refused before a long body is on the wire, is.
        var name = request.Name;
        if (request.AnnouncedBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
        if (request.IsAwaitingContinue || request.AnnouncedBytes is not <= WholeBody.MaxMemoryBytes)
        {
            if (await query.FindAsync(name, cancellationToken) is { } early) return new(PutOutcome.Exists, early.Blob);
            if (!await HasRoomAsync(name.User, request.AnnouncedBytes ?? 0, cancellationToken)) return new(PutOutcome.QuotaExceeded);
        }

        // 2. The whole body: no connection to the database waits for a slow client.
        var (body, refusal) = await WholeBody.ReadAsync(request, maxBlobBytes, files, cancellationToken);
        if (body is null) return refusal;
        await using var held = body;

        // 3. The row. Sent twice when the first answer is lost: then the generation tells whether the row is ours.
        var generation = Generation.Draw();
        var result = await database.ChangeAgainAsync(
            connection => InsertAsync(connection, name, body, generation, cancellationToken), cancellationToken);
        if (result.Outcome != PutOutcome.Exists) return result;

        // 4. Somebody has the name. Nobody, when it was deleted at this very moment.
        try
        {
            var found = await query.FindAsync(name, cancellationToken);
            return new(found?.Generation == generation ? PutOutcome.Stored : PutOutcome.Exists, found?.Blob);
        }
        catch (StoreException failure)
        {
            throw failure.AfterLostTry();
        }
    }

    private async ValueTask<PutResult> InsertAsync(
        NpgsqlConnection connection, BlobName name, WholeBody body, long generation, CancellationToken cancellationToken)
    {
        if (quotaBytes is null) return await InsertRowAsync(connection, name, body, generation, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await InsertRowAsync(connection, name, body, generation, cancellationToken);
        if (result.Outcome != PutOutcome.Stored) return result;
        // The trigger has counted the row in, and holds the user's count until the end of this transaction.
        if (await UsedAsync(connection, name.User, cancellationToken) > quotaBytes) return new(PutOutcome.QuotaExceeded);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private static async ValueTask<PutResult> InsertRowAsync(
        NpgsqlConnection connection, BlobName name, WholeBody body, long generation, CancellationToken cancellationToken)
    {
        await using var data = body.Memory is null ? body.OpenStream() : null;
        await using var command = Command(
            connection, Insert, [.. BlobQuery.Key(name), Number(generation), Number(body.SizeBytes), Text(body.Tag), Data(body, data)]);
        var storedAt = await command.ExecuteScalarAsync(cancellationToken);
        return storedAt is DateTime time
            ? new(PutOutcome.Stored, Generation.Describe(body.SizeBytes, time, body.Tag, generation))
            : new(PutOutcome.Exists);
    }

    private static NpgsqlParameter Data(WholeBody body, Stream? stream) => stream is null
        ? new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = body.Memory!.Value, NpgsqlDbType = NpgsqlDbType.Bytea }
        : new NpgsqlParameter { Value = stream, NpgsqlDbType = NpgsqlDbType.Bytea };

    private async ValueTask<bool> HasRoomAsync(string user, long bytes, CancellationToken cancellationToken)
    {
        if (quotaBytes is null) return true;
        var used = await database.ReadAsync(connection => UsedAsync(connection, user, cancellationToken), cancellationToken);
        return used + QuotaCharge.Of(bytes) <= quotaBytes;
    }

    private static async ValueTask<long> UsedAsync(NpgsqlConnection connection, string user, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Used, Text(user));
        return await command.ExecuteScalarAsync(cancellationToken) is long used ? used : 0;
    }
}
