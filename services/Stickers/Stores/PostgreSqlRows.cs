using Npgsql;
using Stickers.Collection;

namespace Stickers.Stores;

/// <summary>Statements with their values, and rows as what they mean.</summary>
internal sealed class PostgreSqlRows(NpgsqlDataSource source)
{
    public static Sticker StickerOf(NpgsqlDataReader row) => StickerOf(row, 0);

    /// <param name="row">id, pack's name, name, comment, plus, minus, rating.</param>
    /// <param name="first">Where they begin.</param>
    public static Sticker StickerOf(NpgsqlDataReader row, int first) => new(
        row.GetInt32(first), row.GetString(first + 1), row.GetString(first + 2), row.GetString(first + 3),
        row.GetInt64(first + 4), row.GetInt64(first + 5), row.GetInt64(first + 6));

    public async Task<List<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] values)
    {
        await using var command = CommandOf(sql, values);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await row.ReadAsync(cancellation)) found.Add(read(row));
        return found;
    }

    public async Task RunAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = CommandOf(sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand CommandOf(string sql, object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
