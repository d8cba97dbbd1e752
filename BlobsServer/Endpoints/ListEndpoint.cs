using System.Globalization;
using System.Text;
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
        if (values.IsSet("only_count"))
        {
            var all = query with { Deleted = false, After = "", Limit = null, Order = ListOrder.ById };
            return AnswerCountAsync(http, listing.Open(all));
        }
        var cursor = listing.Open(query);
        return cursor is null ? WriteAsync(http, "[]"u8.ToArray()) : AnswerIdsAsync(exchange, cursor);
    }

    private static async Task AnswerCountAsync(HttpContext http, IdCursor? ids)
    {
        var count = 0L;
        using (ids)
        {
            // A long walk must not hold up the other connections of this I/O thread.
            if (ids is not null) await Task.Yield();
            while (ids is not null && ids.MoveNext()) count += ids.Count;
        }

        await WriteAsync(http, Encoding.UTF8.GetBytes($$"""{"count":{{count.ToString(CultureInfo.InvariantCulture)}}}"""));
    }

    private static async Task AnswerIdsAsync(Exchange exchange, IdCursor ids)
    {
        using var open = ids;
        await Task.Yield();
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
