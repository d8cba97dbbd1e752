using System.Globalization;
using System.Text;
using BlobsServer.Observation;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>GET /blobs/{user}: the ids as a JSON array, or how many there are.</summary>
internal static class ListEndpoint
{
    public static Task HandleAsync(Exchange exchange, IBlobStore store, string user, string blobNamespace, QueryValues values)
    {
        var http = exchange.Http;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return Problem.MethodNotAllowedAsync(http, "GET, HEAD");
        }

        var (query, part, mistake) = ListQueryParser.Parse(user, blobNamespace, values);
        if (query is null) return Problem.WriteAsync(http, 400, mistake, ("part", part));

        http.Response.ContentType = "application/json";
        if (!values.IsSet("only_count")) return AnswerIdsAsync(exchange, store, query);
        return AnswerCountAsync(http, store, query with { Deleted = false, After = "", Limit = null, Order = ListOrder.ById });
    }

    private static async Task AnswerCountAsync(HttpContext http, IBlobStore store, ListQuery query)
    {
        var count = await store.CountAsync(query, http.RequestAborted);
        var json = Encoding.UTF8.GetBytes($$"""{"count":{{count.ToString(CultureInfo.InvariantCulture)}}}""");
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json);
    }

    private static async Task AnswerIdsAsync(Exchange exchange, IBlobStore store, ListQuery query)
    {
        using var array = new JsonIdArray(exchange);
        await foreach (var ids in store.ListAsync(query, exchange.Http.RequestAborted))
        {
            for (var index = 0; index < ids.Count; index++)
            {
                array.Add(ids[index]);
                if (array.IsFull && !await array.FlushAsync()) return;
            }
        }

        await array.FinishAsync();
    }
}
