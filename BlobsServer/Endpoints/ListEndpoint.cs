using System.Globalization;
using System.Text;
using BlobsServer.Linux;
using BlobsServer.Observation;
using BlobsServer.Storage.Listing;

namespace BlobsServer.Endpoints;

/// <summary>GET /blobs/{user}: the ids as a JSON array, or how many there are.</summary>
internal static class ListEndpoint
{
    public static Task HandleAsync(Exchange exchange, BlobListing listing, string user, string blobNamespace, QueryValues values)
    {
        var http = exchange.Http;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return Problem.MethodNotAllowedAsync(http, "GET, HEAD");
        }

        var (query, part, mistake) = ListQueryParser.Parse(user, blobNamespace, values);
        if (query is null) return Problem.WriteAsync(http, 400, mistake, ("part", part));

        http.Response.ContentType = "application/json";
        var isCount = values.IsSet("only_count");
        if (isCount) query = query with { Deleted = false, After = "", Limit = null, Order = ListOrder.ById };
        if (!listing.TryOpen(query, listing.MayWait, out var directory)) return AnswerOnPoolAsync(exchange, listing, query, isCount);
        return directory is null ? WriteAsync(http, Nothing(isCount)) : AnswerAsync(exchange, directory, query, isCount);
    }

    private static byte[] Nothing(bool isCount) => isCount ? """{"count":0}"""u8.ToArray() : "[]"u8.ToArray();

    private static async Task AnswerOnPoolAsync(Exchange exchange, BlobListing listing, ListQuery query, bool isCount)
    {
        await Task.Yield();
        listing.TryOpen(query, mayWait: true, out var directory);
        if (directory is null) await WriteAsync(exchange.Http, Nothing(isCount));
        else await AnswerAsync(exchange, directory, query, isCount);
    }

    private static async Task AnswerAsync(Exchange exchange, OpenFile directory, ListQuery query, bool isCount)
    {
        await Task.Yield(); // a long walk must not hold up the other connections of this I/O thread
        using var ids = new IdCursor(directory, query);
        if (isCount) await AnswerCountAsync(exchange.Http, ids);
        else await AnswerIdsAsync(exchange, ids);
    }

    private static async Task AnswerCountAsync(HttpContext http, IdCursor ids)
    {
        var count = 0L;
        while (ids.MoveNext()) count += ids.Count;
        await WriteAsync(http, Encoding.UTF8.GetBytes($$"""{"count":{{count.ToString(CultureInfo.InvariantCulture)}}}"""));
    }

    private static async Task AnswerIdsAsync(Exchange exchange, IdCursor ids)
    {
        using var array = new JsonIdArray(exchange);
        while (ids.MoveNext())
        {
            for (var index = 0; index < ids.Count; index++)
            {
                array.Add(ids.Ids[index]);
                if (array.IsFull && !await array.FlushAsync()) return;
            }
        }

        await array.FinishAsync();
    }

    private static Task WriteAsync(HttpContext http, byte[] json)
    {
        http.Response.ContentLength = json.Length;
        var written = http.Response.BodyWriter.WriteAsync(json);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}
