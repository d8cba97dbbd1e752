using Npgsql;

namespace StoreClients.PostgreSql;

/// <summary>Statements that take no values: what every service asks of its database beside its own work.</summary>
public static class Statements
{
    /// <summary>Returns when the database answers; throws when it does not.</summary>
    public static Task PingAsync(this NpgsqlDataSource source, CancellationToken cancellation) =>
        source.RunAsync("SELECT 1", cancellation);

    /// <summary>Runs a statement whose rows nobody wants.</summary>
    public static async Task RunAsync(this NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The one bigint that a statement gives.</summary>
    public static async Task<long> ReadNumberAsync(this NpgsqlDataSource source, string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
