using BlobsServer.Hosting;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>Which endpoint answers a request. A few comparisons instead of a routing table: this runs for every request.</summary>
internal sealed class Router(BlobStore store, Readiness readiness)
{
    private const string BlobsPrefix = "/blobs/";

    public Task RouteAsync(HttpContext http)
    {
        try
        {
            var answer = Dispatch(http);
            return answer.IsCompletedSuccessfully ? answer : AwaitAsync(http, answer);
        }
        catch (Exception failure)
        {
            return Failures.AnswerAsync(http, failure);
        }
    }

    private static async Task AwaitAsync(HttpContext http, Task answer)
    {
        try
        {
            await answer;
        }
        catch (Exception failure)
        {
            await Failures.AnswerAsync(http, failure);
        }
    }

    private Task Dispatch(HttpContext http)
    {
        var target = RequestTarget.Of(http);
        if (target.Path.StartsWith(BlobsPrefix, StringComparison.Ordinal)) return DispatchBlobs(http, target);
        return target.Path switch
        {
            "/" => ServiceEndpoints.Root(http),
            "/health/live" => ServiceEndpoints.Live(http),
            "/health/ready" => ServiceEndpoints.Ready(http, readiness),
            _ => Problem.WriteAsync(http, 404, "There is nothing at this path; blobs are at /blobs/{user}/{id}."),
        };
    }

    private Task DispatchBlobs(HttpContext http, in RequestTarget target)
    {
        var rest = target.Path.AsSpan(BlobsPrefix.Length);
        var slash = rest.IndexOf('/');
        var userText = slash < 0 ? rest : rest[..slash];
        var idText = slash < 0 ? default : rest[(slash + 1)..];
        if (idText.Contains('/')) return Problem.WriteAsync(http, 404, "There is nothing at this path; blobs are at /blobs/{user}/{id}.");

        if (Names.Decode(userText) is not { } user) return Names.RefuseAsync(http, "user", userText);
        if (Names.Namespace(target.Query) is not { } blobNamespace) return Names.RefuseAsync(http, "namespace", target.Query["namespace"]);
        if (idText.IsEmpty) return ListEndpoint.HandleAsync(http, store.Listing, user, blobNamespace);
        if (Names.Decode(idText) is not { } id) return Names.RefuseAsync(http, "id", idText);

        return DispatchBlob(http, new BlobName(user, blobNamespace, id), target.Query);
    }

    private Task DispatchBlob(HttpContext http, in BlobName name, QueryValues query)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            return query.IsSet("only_flags")
                ? FlagsEndpoint.Get(http, store.Flags, name)
                : GetEndpoint.HandleAsync(http, store.Reader, name);
        }

        if (HttpMethods.IsPut(method)) return PutEndpoint.HandleAsync(http, store.Writer, name);
        if (HttpMethods.IsPost(method)) return FlagsEndpoint.PostAsync(http, store.Flags, name);
        if (HttpMethods.IsDelete(method)) return DeleteEndpoint.HandleAsync(http, store.Deletion, name);
        return Problem.MethodNotAllowedAsync(http, "GET, HEAD, PUT, POST, DELETE");
    }
}
