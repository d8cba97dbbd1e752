using BlobsServer.Storage.Remote;
using Npgsql;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>Storing a blob, as one story.</summary>
internal sealed class BlobInsertion(Database database, BlobQuery query, UnnamedFiles files, long maxBlobBytes, long? quotaBytes)
{
    private const string Used = "SELECT used_bytes FROM blob_usage WHERE owner = $1";

    private readonly GatheredInsertion _gathered = new(database);

    public async ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken)
    {
        // 1. What can be refused before a long body is on the wire, is.
        var name = request.Name;
        if (request.AnnouncedBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
        if (request.IsAwaitingContinue || request.AnnouncedBytes is not <= WholeBody.MaxMemoryBytes)
        {
            if (await query.FindAsync(name, cancellationToken) is { } early) return new(PutOutcome.Exists, early.Blob);
            if (!await HasRoomAsync(name.User, request.AnnouncedBytes ?? 0, cancellationToken))
                return new(PutOutcome.QuotaExceeded);
        }

        // 2. The whole body: no connection to the database waits for a slow client.
        var (body, refusal) = await WholeBody.ReadAsync(request, maxBlobBytes, files, cancellationToken);
        if (body is null) return refusal;
        await using var held = body;

        // 3. The row. Sent twice when the first answer is lost: then the generation tells whether the row is ours.
        var row = new NewRow(name, body, Generation.Draw());
        var result = await InsertAsync(row, cancellationToken);
        if (result.Outcome != PutOutcome.Exists) return result;

        // 4. Somebody has the name. Nobody, when it was deleted at this very moment.
        try
        {
            var found = await query.FindAsync(name, cancellationToken);
            return new(found?.Generation == row.Generation ? PutOutcome.Stored : PutOutcome.Exists, found?.Blob);
        }
        catch (StoreException failure)
        {
            throw failure.AfterLostTry();
        }
    }

    private async ValueTask<PutResult> InsertAsync(NewRow row, CancellationToken cancellationToken)
    {
        if (quotaBytes is not null)
        {
            return await database.ChangeAgainAsync(
                connection => InsertWithinQuotaAsync(connection, row, cancellationToken), cancellationToken);
        }

        var isSmall = row.Body.Memory is { Length: <= GatheredInsertion.MaxBodyBytes };
        return row.Result(isSmall
            ? await _gathered.InsertAsync(row)
            : await database.ChangeAgainAsync(
                connection => RowInsertion.InsertAsync(connection, row, cancellationToken), cancellationToken));
    }

    private async ValueTask<PutResult> InsertWithinQuotaAsync(
        NpgsqlConnection connection, NewRow row, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = row.Result(await RowInsertion.InsertAsync(connection, row, cancellationToken));
        if (result.Outcome != PutOutcome.Stored) return result;
        // The trigger has counted the row in, and holds the user's count until the end of this transaction.
        if (await UsedAsync(connection, row.Name.User, cancellationToken) > quotaBytes) return new(PutOutcome.QuotaExceeded);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

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
