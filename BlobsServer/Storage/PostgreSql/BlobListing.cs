using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>Lists a user's blobs. In the order of ids page by page, so that a slow reader holds no connection.</summary>
internal sealed class BlobListing(Database database)
{
    private const int PageIds = 1000;

    private const string Blobs =
        """
        FROM blobs WHERE owner = $1 AND namespace = $2 AND id > $3 AND ($4::text IS NULL OR jsonb_exists(flags::jsonb, $4))
        """;

    // What is deleted has no flags.
    private const string Deleted =
        """
        FROM tombstones AS gone WHERE owner = $1 AND namespace = $2 AND id > $3 AND $4::text IS NULL
        AND NOT EXISTS (SELECT FROM blobs WHERE (owner, namespace, id) = (gone.owner, gone.namespace, gone.id))
        """;

    public async IAsyncEnumerable<NameList> ListAsync(
        ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = query.Limit ?? int.MaxValue;
        var isPaged = query.Order == ListOrder.ById; // the others need all of it in memory
        var after = query.After;
        var ids = new NameList();
        while (left > 0)
        {
            var wanted = isPaged ? Math.Min(left, PageIds) : left;
            ids.Clear();
            var last = await database.ReadAsync(
                connection => ReadAsync(connection, query, after, wanted, ids, cancellationToken), cancellationToken);
            if (ids.Count > 0) yield return ids;
            if (!isPaged || ids.Count < wanted) yield break;
            (after, left) = (last, left - wanted);
        }
    }

    public ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                await using var command = Command(connection, $"SELECT count(*) {From(query)}", Parameters(query, query.After));
                return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            },
            cancellationToken);

    /// <summary>The id that came last; empty when none came.</summary>
    private static async ValueTask<string> ReadAsync(
        NpgsqlConnection connection, ListQuery query, string after, int wanted, NameList ids, CancellationToken cancellationToken)
    {
        ids.Clear(); // what a connection brought that broke is read again
        var sql = $"SELECT id {From(query)} ORDER BY {Order(query)} LIMIT $5";
        await using var command = Command(connection, sql, [.. Parameters(query, after), Number(wanted)]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var last = "";
        while (await row.ReadAsync(cancellationToken)) ids.Add(Encoding.ASCII.GetBytes(last = row.GetString(0)));
        return last;
    }

    private static string From(ListQuery query) => query.Deleted ? Deleted : Blobs;

    private static string Order(ListQuery query)
    {
        var date = query.Deleted ? "deleted_at" : "stored_at";
        return query.Order switch
        {
            ListOrder.ByDate => $"{date}, id",
            ListOrder.ByDateDescending => $"{date} DESC, id",
            _ => "id",
        };
    }

    private static NpgsqlParameter[] Parameters(ListQuery query, string after) =>
        [Text(query.User), Text(query.Namespace), Text(after), Text(query.Flag)];
}
