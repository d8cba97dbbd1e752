using Npgsql;
using NpgsqlTypes;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>
/// The statement that stores. The primary key lets one of those who race for a name in: the others wait for its commit and
/// insert nothing. What was not committed was never there.
/// </summary>
internal static class RowInsertion
{
    private const string Insert =
        """
        INSERT INTO blobs (owner, namespace, id, generation, size, tag, data) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (owner, namespace, id) DO NOTHING RETURNING stored_at
        """;

    /// <summary>When the row came into the table; null when another has the name.</summary>
    public static async ValueTask<DateTime?> InsertAsync(
        NpgsqlConnection connection, NewRow row, CancellationToken cancellationToken)
    {
        await using var stream = row.Body.Memory is null ? row.Body.OpenStream() : null;
        await using var command = Command(connection, Insert, Values(row, stream));
        return (DateTime?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>
    /// The same of several whose bytes are in memory, in this order: one round trip and one commit. All or none.
    /// </summary>
    public static async ValueTask<DateTime?[]> InsertAsync(NpgsqlConnection connection, NewRow[] rows)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(Insert);
            foreach (var value in Values(row, null)) command.Parameters.Add(value);
            batch.BatchCommands.Add(command);
        }

        var storedAt = new DateTime?[rows.Length];
        await using var inserted = await batch.ExecuteReaderAsync();
        for (var index = 0; index < rows.Length; index++)
        {
            if (await inserted.ReadAsync()) storedAt[index] = inserted.GetDateTime(0);
            await inserted.NextResultAsync(); // after the last one: the commit
        }

        return storedAt;
    }

    private static NpgsqlParameter[] Values(NewRow row, Stream? stream) =>
        [.. BlobQuery.Key(row.Name), Number(row.Generation), Number(row.Body.SizeBytes), Text(row.Body.Tag), Data(row, stream)];

    private static NpgsqlParameter Data(NewRow row, Stream? stream) => stream is null
        ? new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = row.Body.Memory!.Value, NpgsqlDbType = NpgsqlDbType.Bytea }
        : new NpgsqlParameter { Value = stream, NpgsqlDbType = NpgsqlDbType.Bytea };
}
