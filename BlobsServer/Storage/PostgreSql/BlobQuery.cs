using System.Buffers;
using System.Data;
using BlobsServer.Storage.Remote;
using Npgsql;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>Finding and reading blobs.</summary>
internal sealed class BlobQuery(Database database, UnnamedFiles files)
{
    private const string Columns = "size, tag, stored_at, generation";
    private const string ThisBlob = "owner = $1 AND namespace = $2 AND id = $3";
    private const string Find = $"SELECT {Columns} FROM blobs WHERE {ThisBlob}";
    private const string Read = $"SELECT {Columns}, CASE WHEN size <= $4 THEN data END FROM blobs WHERE {ThisBlob}";
    private const string ReadFlags = $"SELECT flags FROM blobs WHERE {ThisBlob}";

    /// <summary>The parameters that name a blob.</summary>
    public static NpgsqlParameter[] Key(BlobName name) => [Text(name.User), Text(name.Namespace), Text(name.Id)];

    public ValueTask<StoredRow?> FindAsync(BlobName name, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindAsync(connection, name, cancellationToken), cancellationToken);

    public static async ValueTask<StoredRow?> FindAsync(
        NpgsqlConnection connection, BlobName name, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Find, Key(name));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? RowOf(row) : null;
    }

    public ValueTask<string?> ReadFlagsAsync(BlobName name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, ReadFlags, Key(name));
                return (string?)await command.ExecuteScalarAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>Small blobs come whole; of a large one the row stays visible to its reader, whoever deletes it.</summary>
    public async ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken)
    {
        var (info, small) =
            await database.ReadAsync(connection => ReadSmallAsync(connection, name, cancellationToken), cancellationToken);
        if (info is null) return null;
        return small is not null ? small : await LargeRow.OpenAsync(database, name, files, cancellationToken);
    }

    private static async ValueTask<(StoredBlob? Info, MemoryBlob? Small)> ReadSmallAsync(
        NpgsqlConnection connection, BlobName name, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Read, [.. Key(name), Number((long)WholeBody.MaxMemoryBytes)]);
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return default;
        var info = RowOf(row).Blob;
        if (await row.IsDBNullAsync(4, cancellationToken)) return (info, null);
        var bytes = ArrayPool<byte>.Shared.Rent((int)info.SizeBytes);
        try
        {
            await using var data = await row.GetStreamAsync(4, cancellationToken);
            await data.ReadExactlyAsync(bytes.AsMemory(0, (int)info.SizeBytes), cancellationToken);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }

        return (info, new MemoryBlob(info, bytes));
    }

    private static StoredRow RowOf(NpgsqlDataReader row)
    {
        var (sizeBytes, tag, storedAt, generation) = (row.GetInt64(0), row.GetString(1), row.GetDateTime(2), row.GetInt64(3));
        return new StoredRow(Generation.Describe(sizeBytes, storedAt, tag, generation), generation);
    }
}
