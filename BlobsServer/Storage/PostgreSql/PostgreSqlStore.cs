using System.Text;
using BlobsServer.Storage.Remote;
using Npgsql;
using StoreClients;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>
/// Blobs as rows of a database, which any number of processes on any number of machines may serve at the same time: for those
/// whose blobs are small and belong with their rows.
/// </summary>
internal sealed class PostgreSqlStore : IBlobStore, IAsyncDisposable
{
    private const string Promises = "SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'";

    private const string ReplaceFlags = "UPDATE blobs SET flags = $4 WHERE owner = $1 AND namespace = $2 AND id = $3";

    // Goes through the log as every change does, and leaves nothing in any table.
    private const string Probe = "SELECT pg_logical_emit_message(true, 'blobs', 'ready?')";

    private readonly Database _database;
    private readonly BlobQuery _query;
    private readonly BlobInsertion _insertion;
    private readonly BlobDeletion _deletion;
    private readonly BlobListing _listing;

    private PostgreSqlStore(Database database, StoreOptions options, UnnamedFiles files)
    {
        _database = database;
        _query = new BlobQuery(database, files);
        _insertion = new BlobInsertion(database, _query, files, options.MaxBlobBytes, options.QuotaBytes);
        _deletion = new BlobDeletion(database);
        _listing = new BlobListing(database);
        MaxBlobBytes = options.MaxBlobBytes;
    }

    public long MaxBlobBytes { get; }

    /// <summary>
    /// Connects and makes the tables that are missing. Throws StoreException when the database can't be used,
    /// NotSupportedException when it does not keep what is asked for.
    /// </summary>
    /// <param name="url">Where.</param>
    /// <param name="files">Where bodies wait.</param>
    /// <param name="options">What is asked of the store.</param>
    /// <param name="cancellationToken">Not wanted any more.</param>
    public static async ValueTask<PostgreSqlStore> OpenAsync(
        StoreUrl url, UnnamedFiles files, StoreOptions options, CancellationToken cancellationToken)
    {
        var database = new Database(url);
        try
        {
            await database.InstallAsync(Sql("Blobs.sql"), cancellationToken);
            if (options.QuotaBytes is not null) await database.InstallAsync(Sql("Quota.sql"), cancellationToken);
            if (options.Durability == Durability.Always && !await database.ReadAsync(KeepsPromisesAsync, cancellationToken))
            {
                throw new NotSupportedException(
                    "the database runs with fsync=off or full_page_writes=off, so it loses blobs at a power cut; switch both on or give --durability none");
            }

            return new PostgreSqlStore(database, options, files);
        }
        catch (Exception failure)
        {
            await database.DisposeAsync();
            if (failure is NpgsqlException lost) throw PostgreSqlFailure.Of(lost, isChange: false);
            throw;
        }
    }

    public ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken) =>
        _insertion.PutAsync(request, cancellationToken);

    public async ValueTask<StoredBlob?> FindAsync(BlobName name, CancellationToken cancellationToken) =>
        (await _query.FindAsync(name, cancellationToken))?.Blob;

    public ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken) =>
        _query.OpenAsync(name, cancellationToken);

    public async ValueTask<byte[]?> ReadFlagsAsync(BlobName name, CancellationToken cancellationToken) =>
        await _query.ReadFlagsAsync(name, cancellationToken) is { } flags ? Encoding.UTF8.GetBytes(flags) : null;

    public ValueTask<bool> ReplaceFlagsAsync(BlobName name, byte[] flags, CancellationToken cancellationToken) =>
        _database.ChangeAsync(
            async connection =>
            {
                await using var command =
                    Command(connection, ReplaceFlags, [.. BlobQuery.Key(name), Text(Encoding.UTF8.GetString(flags))]);
                return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
            },
            cancellationToken);

    public ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken) =>
        _deletion.DeleteAsync(name, ifMatch, cancellationToken);

    public IAsyncEnumerable<NameList> ListAsync(ListQuery query, CancellationToken cancellationToken) =>
        _listing.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken) =>
        _listing.CountAsync(query, cancellationToken);

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        await _database.ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, Probe);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async ValueTask<bool> KeepsPromisesAsync(NpgsqlConnection connection)
    {
        await using var command = Command(connection, Promises);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static string Sql(string name)
    {
        using var stream = typeof(PostgreSqlStore).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not embedded in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{least}", $"{QuotaCharge.LeastBytes}", StringComparison.Ordinal);
    }
}
