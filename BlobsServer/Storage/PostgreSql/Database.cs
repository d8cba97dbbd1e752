using BlobsServer.Storage.Remote;
using Npgsql;
using NpgsqlTypes;
using StoreClients;
using StoreClients.PostgreSql;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>The connections to PostgreSQL, and what every use of one has in common: failures become a store's.</summary>
internal sealed class Database : IAsyncDisposable
{
    // Eight servers stay below the 500 of stores/postgresql, and two hosts below the usual 100.
    private const int MostConnections = 12;

    // A large blob takes seconds to be written; a database that says nothing for so long is as good as away.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly NpgsqlDataSource _source;

    // Not synchronous_commit=off, whatever the database's default: it loses answered blobs when the database is killed.
    public Database(StoreUrl url) => _source = PostgreSqlSource.Open(url, MostConnections, Patience, "-c synchronous_commit=on");

    public Task InstallAsync(string sql, CancellationToken cancellationToken) =>
        PostgreSqlSource.InstallAsync(_source, sql, cancellationToken);

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    public static NpgsqlParameter Text(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter Number(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value };

    /// <summary>Reads; tried again on another connection when one turns out to be dead.</summary>
    public ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, ValueTask<T>> read, CancellationToken cancellationToken) =>
        SecondTry.RunAsync(() => RunAsync(read, isChange: false, cancellationToken));

    /// <summary>Changes something, once: when no answer comes it is not known whether.</summary>
    public ValueTask<T> ChangeAsync<T>(Func<NpgsqlConnection, ValueTask<T>> change, CancellationToken cancellationToken) =>
        RunAsync(change, isChange: true, cancellationToken);

    /// <summary>Changes something that is the same when it is done twice.</summary>
    public ValueTask<T> ChangeAgainAsync<T>(Func<NpgsqlConnection, ValueTask<T>> change, CancellationToken cancellationToken) =>
        SecondTry.RunAsync(() => RunAsync(change, isChange: true, cancellationToken));

    /// <summary>An open connection, the caller's to close.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw PostgreSqlFailure.Of(failure, isChange: false); // nothing was asked for yet
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async ValueTask<T> RunAsync<T>(
        Func<NpgsqlConnection, ValueTask<T>> work, bool isChange, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        try
        {
            return await work(connection);
        }
        catch (NpgsqlException failure)
        {
            throw PostgreSqlFailure.Of(failure, isChange);
        }
    }
}
