using Npgsql;
using ServiceDefaults;
using StoreClients;
using StoreClients.PostgreSql;

namespace Counter.Stores;

/// <summary>The count is a row. An UPDATE locks it, and the next one sees what the last one left (READ COMMITTED).</summary>
internal sealed class PostgreSqlCounter(StoreUrl url, TimeSpan timeout) : ICounterStore
{
    // Calls of one process go one after the other (gathering); the rest is for /count and /health/ready.
    private const int MostConnections = 8;

    // Past the limit there is no row to update and nothing to commit.
    private const string Take =
        """
        UPDATE counter SET last = LEAST($1, $2 - granted), granted = granted + LEAST($1, $2 - granted)
        WHERE granted < $2 RETURNING granted, last
        """;

    private readonly NpgsqlDataSource _source = PostgreSqlSource.Open(url, MostConnections, timeout);

    public Task PrepareAsync(CancellationToken cancellation) =>
        _source.InstallAsync(Schema.Read(typeof(PostgreSqlCounter), "Counter.sql"), cancellation);

    public Task PingAsync(CancellationToken cancellation) => _source.PingAsync(cancellation);

    public async Task<Grants> TakeAsync(int wanted, long? limit, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(Take);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = wanted });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit ?? long.MaxValue });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return default;
        var (granted, count) = (row.GetInt64(0), row.GetInt64(1));
        return new Grants(granted - count + 1, (int)count);
    }

    public Task<long> CountAsync(CancellationToken cancellation) =>
        _source.ReadNumberAsync("SELECT granted FROM counter", cancellation);

    public async Task WriteAsync(long count, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand("UPDATE counter SET granted = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
