using Dialogs.Messages;
using Npgsql;
using ServiceDefaults;
using StoreClients;
using StoreClients.PostgreSql;

namespace Dialogs.Stores;

/// <summary>
/// A table in the order of the pages. Those who commit at the same time share a write of the log, inside the server.
/// </summary>
internal sealed class PostgreSqlDialogs(StoreUrl url, TimeSpan timeout) : IDialogStore
{
    // Eight processes stay well below the store's max_connections, and more would only queue inside the server.
    private const int MostConnections = 32;

    // Of those who race with one message id the unique index lets one in; the others wait for its commit and see the conflict.
    private const string Send =
        """
        INSERT INTO messages (first_user, second_user, created_us, id, from_user, message_id, text)
        VALUES ($1, $2, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, $3, $4, $5, $6)
        ON CONFLICT (from_user, message_id) WHERE message_id IS NOT NULL DO NOTHING RETURNING created_us
        """;

    private const string FindSent =
        "SELECT first_user, second_user, created_us, id FROM messages WHERE from_user = $1 AND message_id = $2";

    internal const string List =
        """
        SELECT from_user, text, created_us, id FROM messages
        WHERE first_user = $1 AND second_user = $2 AND (created_us, id) < ($3, $4)
        ORDER BY created_us DESC, id DESC LIMIT $5
        """;

    private static readonly Place End = new(long.MaxValue, Guid.AllBitsSet);

    private readonly NpgsqlDataSource _source = PostgreSqlSource.Open(url, MostConnections, timeout);

    public Task PrepareAsync(CancellationToken cancellation) =>
        _source.InstallAsync(Schema.Read(typeof(PostgreSqlDialogs), "Dialogs.sql"), cancellation);

    public Task PingAsync(CancellationToken cancellation) => _source.PingAsync(cancellation);

    public async Task<Receipt> SendAsync(Draft draft, CancellationToken cancellation)
    {
        while (true)
        {
            if (await InsertAsync(draft, cancellation) is { } createdUs)
                return new Receipt(draft.Dialog, new Place(createdUs, draft.Id));
            if (await FindSentAsync(draft, cancellation) is { } sent) return sent;
            // The first one is gone already: the store was emptied in between.
        }
    }

    public async Task<IReadOnlyList<Message>> ListAsync(Dialog dialog, int most, Place? before, CancellationToken cancellation)
    {
        var place = before ?? End;
        await using var command = _source.CreateCommand(List);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = dialog.First });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = dialog.Second });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = place.CreatedUs });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = place.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var messages = new List<Message>();
        while (await row.ReadAsync(cancellation))
        {
            var from = row.GetGuid(0);
            var at = new Place(row.GetInt64(2), row.GetGuid(3));
            messages.Add(new Message(from, dialog.Other(from), row.GetFieldValue<byte[]>(1), at));
        }

        return messages;
    }

    public Task<long> CountAsync(CancellationToken cancellation) =>
        _source.ReadNumberAsync("SELECT count(*) FROM messages", cancellation);

    public Task ResetAsync(CancellationToken cancellation) => _source.RunAsync("TRUNCATE messages", cancellation);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>When it was created; null, and nothing stored, when its sender has used its message id.</summary>
    private async Task<long?> InsertAsync(Draft draft, CancellationToken cancellation)
    {
        var dialog = draft.Dialog;
        await using var command = _source.CreateCommand(Send);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = dialog.First });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = dialog.Second });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = draft.Id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = draft.From });
        command.Parameters.Add(new NpgsqlParameter<byte[]?> { TypedValue = draft.MessageId, DataTypeName = "bytea" });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = draft.Text });
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    private async Task<Receipt?> FindSentAsync(Draft draft, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(FindSent);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = draft.From });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = draft.MessageId! });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        return new Receipt(Dialog.Of(row.GetGuid(0), row.GetGuid(1)), new Place(row.GetInt64(2), row.GetGuid(3)));
    }
}
