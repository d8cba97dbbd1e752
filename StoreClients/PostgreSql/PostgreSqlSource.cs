using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace StoreClients.PostgreSql;

/// <summary>PostgreSQL as the services use it: a small pool, prepared statements, nothing said twice.</summary>
public static class PostgreSqlSource
{
    // Statements that were used this often are prepared, so many of them a connection.
    private const int PrepareAfterUses = 2;
    private const int MostPrepared = 64;

    // Any number will do; it must be the same in all processes of all services.
    private const long SchemaLock = 0x5ce3a;

    /// <param name="url">postgresql://USER[:PASSWORD]@HOST:PORT/DATABASE.</param>
    /// <param name="mostConnections">The pool; times the number of processes it must stay below the server's
    /// max_connections.</param>
    /// <param name="timeout">What connecting and what each command may take.</param>
    /// <param name="options">Settings for each connection, as in "-c synchronous_commit=on"; null for the database's own.</param>
    public static NpgsqlDataSource Open(StoreUrl url, int mostConnections, TimeSpan timeout, string? options = null)
    {
        var seconds = (int)Math.Ceiling(timeout.TotalSeconds);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port,
            Username = url.User ?? "postgres",
            Password = url.Password,
            Database = url.Database ?? url.User ?? "postgres",
            MaxPoolSize = mostConnections,
            MaxAutoPrepare = MostPrepared,
            AutoPrepareMinUsages = PrepareAfterUses,
            NoResetOnClose = true, // no session changes anything that the next one would meet
            Timeout = seconds,
            CommandTimeout = seconds,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Options = options,
        };
        return new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).EnableArrays().Build();
    }

    /// <summary>
    /// Runs a service's schema in one transaction, one process at a time, once: even what has IF NOT EXISTS takes locks that
    /// those who serve meanwhile would wait for, and in another order (40P01). Another text of it is run again; it must do no
    /// harm then.
    /// </summary>
    public static async Task InstallAsync(this NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection, transaction))
        {
            take.Parameters.Add(new NpgsqlParameter<long> { TypedValue = SchemaLock });
            await take.ExecuteNonQueryAsync(cancellation);
        }

        if (await IsNewAsync(connection, transaction, sql, cancellation))
        {
            await using var install = new NpgsqlCommand(sql, connection, transaction);
            await install.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static async Task<bool> IsNewAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var make =
            new NpgsqlCommand("CREATE TABLE IF NOT EXISTS installed_schemas (sha256 bytea PRIMARY KEY)", connection, transaction);
        await make.ExecuteNonQueryAsync(cancellation);
        await using var note =
            new NpgsqlCommand("INSERT INTO installed_schemas VALUES ($1) ON CONFLICT DO NOTHING", connection, transaction);
        note.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(Encoding.UTF8.GetBytes(sql)) });
        return await note.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Whether a failure says that the server is away or has no room, rather than that it refuses a statement.</summary>
    public static bool IsUnavailable(NpgsqlException failure) =>
        failure is not PostgresException refused
        || refused.SqlState.StartsWith("57P", StringComparison.Ordinal) // shutting down, crashed, not ready
        || refused.SqlState.StartsWith("53", StringComparison.Ordinal) // too many connections, disk full
        || refused.SqlState.StartsWith("08", StringComparison.Ordinal); // connection
}
