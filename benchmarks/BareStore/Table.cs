using Npgsql;
using StoreClients;
using StoreClients.PostgreSql;

namespace BareStore;

/// <summary>A table of names and bytes by Npgsql.</summary>
internal sealed class Table(string url, int connections) : IBareStore
{
    private readonly NpgsqlDataSource _source = PostgreSqlSource.Open(StoreUrl.Parse(url), connections, TimeSpan.FromSeconds(10));

    public async Task PrepareAsync()
    {
        await using var command = _source.CreateCommand(
            "CREATE TABLE IF NOT EXISTS bare (id text COLLATE \"C\" PRIMARY KEY, data bytea NOT NULL); ALTER TABLE bare ALTER COLUMN data SET STORAGE EXTERNAL");
        await command.ExecuteNonQueryAsync();
    }

    public async Task PutAsync(string id, byte[] body)
    {
        await using var command = _source.CreateCommand("INSERT INTO bare VALUES ($1, $2) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<int> GetAsync(string id)
    {
        await using var command = _source.CreateCommand("SELECT data FROM bare WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        return ((byte[])(await command.ExecuteScalarAsync())!).Length;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
