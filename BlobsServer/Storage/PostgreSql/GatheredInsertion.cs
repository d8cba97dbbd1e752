using StoreClients;
using StoreClients.Gathering;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>
/// Rows that come while others are being inserted go together in the next transaction: its round trip, its commit and its sync
/// cost as much as those of one. Nobody waits for company.
/// </summary>
internal sealed class GatheredInsertion
{
    /// <summary>Larger bodies go alone: they would keep the others waiting.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int MostTogether = 16;

    // One is enough for speed. With two, rows whose name another server is just inserting don't hold up all others.
    private const int MostCalls = 2;

    private static readonly Comparer<BlobName> NameOrder = Comparer<BlobName>.Create((left, right) =>
    {
        var order = string.CompareOrdinal(left.User, right.User);
        if (order == 0) order = string.CompareOrdinal(left.Namespace, right.Namespace);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    });

    private readonly Database _database;
    private readonly Gathering<Waiting, Outcome> _gathering;

    public GatheredInsertion(Database database)
    {
        _database = database;
        _gathering = new(InsertAsync, MostTogether, mostCalls: MostCalls);
    }

    /// <summary>
    /// When the row came into the table; null when another has the name. Waits for the answer also when nobody wants it any more:
    /// until then the bytes are being read.
    /// </summary>
    public async ValueTask<DateTime?> InsertAsync(NewRow row)
    {
        try
        {
            var outcome = await _gathering.AddAsync(new(row, TimeProvider.System.GetTimestamp()), CancellationToken.None);
            if (outcome.Failure is not { } failure) return outcome.StoredAt;
            throw new StoreException(failure.Failure, failure.Message, failure); // one each: they are thrown at the same time
        }
        catch (StoreUnavailableException failure)
        {
            throw new StoreException(StoreFailure.Busy, $"PostgreSQL: {failure.Message}", failure);
        }
    }

    private async Task<IReadOnlyList<Outcome>> InsertAsync(IReadOnlyList<Waiting> waiting)
    {
        var outcomes = new Outcome[waiting.Count];
        // In the order of names: transactions that wait for each other's names never do so in a circle.
        var inTime = Enumerable.Range(0, waiting.Count).Where(IsInTime);
        var order = inTime.OrderBy(index => waiting[index].Row.Name, NameOrder).ToArray();
        var inserted = await TryAsync(Array.ConvertAll(order, index => waiting[index].Row));
        for (var place = 0; place < order.Length; place++) outcomes[order[place]] = inserted[place];
        return outcomes;

        bool IsInTime(int index)
        {
            if (TimeProvider.System.GetElapsedTime(waiting[index].Since) < Database.Patience) return true;
            outcomes[index] =
                new(null, new StoreException(StoreFailure.Unavailable, "PostgreSQL: a row waited too long for others"));
            return false;
        }
    }

    private async ValueTask<Outcome[]> TryAsync(NewRow[] rows)
    {
        if (rows.Length == 0) return [];
        try
        {
            var inserted = await _database.ChangeAgainAsync(
                connection => RowInsertion.InsertAsync(connection, rows), CancellationToken.None);
            return Array.ConvertAll(inserted, storedAt => new Outcome(storedAt));
        }
        catch (StoreException failure) when (failure.Failure == StoreFailure.Broken && rows.Length > 1)
        {
            // One of them was refused, and with it all. The others must not suffer.
            var outcomes = new Outcome[rows.Length];
            for (var index = 0; index < rows.Length; index++) outcomes[index] = (await TryAsync([rows[index]]))[0];
            return outcomes;
        }
        catch (StoreException failure)
        {
            return Array.ConvertAll(rows, _ => new Outcome(null, failure));
        }
    }

    private readonly record struct Waiting(NewRow Row, long Since);

    /// <param name="StoredAt">Null when another has the name.</param>
    /// <param name="Failure">Null when the database answered.</param>
    private readonly record struct Outcome(DateTime? StoredAt, StoreException? Failure = null);
}
