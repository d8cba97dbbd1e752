using Npgsql;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>Deleting: the row goes and a tombstone comes, in one statement.</summary>
internal sealed class BlobDeletion(Database database)
{
    private const string Delete =
        """
        WITH gone AS (
            DELETE FROM blobs WHERE owner = $1 AND namespace = $2 AND id = $3 AND ($4::bigint IS NULL OR generation = $4)
            RETURNING owner, namespace, id)
        INSERT INTO tombstones SELECT owner, namespace, id, clock_timestamp() FROM gone
        ON CONFLICT (owner, namespace, id) DO UPDATE SET deleted_at = excluded.deleted_at
        """;

    public ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken) =>
        database.ChangeAsync(connection => DeleteAsync(connection, name, ifMatch, cancellationToken), cancellationToken);

    private static async ValueTask<DeleteOutcome> DeleteAsync(
        NpgsqlConnection connection, BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken)
    {
        if (ifMatch is null) return await DeleteRowAsync(connection, name, null, cancellationToken);
        if (await BlobQuery.FindAsync(connection, name, cancellationToken) is not { } row) return DeleteOutcome.NotFound;
        if (!ifMatch.Match(row.Blob.ETag)) return DeleteOutcome.NotMatched;
        // Only this very blob. Not there any more: somebody else deleted it between the two.
        return await DeleteRowAsync(connection, name, row.Generation, cancellationToken);
    }

    private static async ValueTask<DeleteOutcome> DeleteRowAsync(
        NpgsqlConnection connection, BlobName name, long? generation, CancellationToken cancellationToken)
    {
        var only =
            new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = (object?)generation ?? DBNull.Value };
        await using var command = Command(connection, Delete, [.. BlobQuery.Key(name), only]);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0 ? DeleteOutcome.Deleted : DeleteOutcome.NotFound;
    }
}
