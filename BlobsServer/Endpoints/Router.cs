using BlobsServer.Observation;
using BlobsServer.Security;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>
/// Which endpoint answers a request. A few comparisons instead of a routing table: this runs for every request.
/// </summary>
internal sealed class Router(IBlobStore store, Access access, Readiness readiness, Metrics metrics, bool isAppendOnly)
{
    private const string BlobsPrefix = "/blobs/";
    private const string StreamPrefix = "/stream/";
    private const string NothingHere = "There is nothing at this path; blobs are at /blobs/{user}/{id}.";

    public Task RouteAsync(Exchange exchange)
    {
        try
        {
            var answer = Dispatch(exchange);
            return answer.IsCompletedSuccessfully ? answer : AwaitAsync(exchange, answer);
        }
        catch (Exception failure)
        {
            return Failures.AnswerAsync(exchange.Http, failure);
        }
    }

    private static async Task AwaitAsync(Exchange exchange, Task answer)
    {
        try
        {
            await answer;
        }
        catch (Exception failure)
        {
            await Failures.AnswerAsync(exchange.Http, failure);
        }
    }

    private Task Dispatch(Exchange exchange)
    {
        if (BodyFraming.IsAmbiguous(exchange.Http.Request)) return BodyFraming.RefuseAsync(exchange.Http);
        var target = RequestTarget.Of(exchange.Http);
        if (target.Path.StartsWith(BlobsPrefix, StringComparison.Ordinal))
        {
            return DispatchUser(exchange, target, BlobsPrefix.Length);
        }
        switch (target.Path)
        {
            case "/":
                exchange.Route = RouteName.Root;
                return ServiceEndpoints.Root(exchange.Http);
            case "/health/live":
                exchange.Route = RouteName.Health;
                return ServiceEndpoints.Live(exchange.Http);
            case "/health/ready":
                exchange.Route = RouteName.Health;
                return ServiceEndpoints.ReadyAsync(exchange.Http, readiness);
            case "/metrics":
                exchange.Route = RouteName.Metrics;
                return ServiceEndpoints.MetricsAsync(exchange.Http, metrics);
        }

        return target.Path.StartsWith(StreamPrefix, StringComparison.Ordinal)
            ? DispatchUser(exchange, target, StreamPrefix.Length)
            : Problem.WriteAsync(exchange.Http, 404, NothingHere);
    }

    /// <summary>
    /// /PREFIX/{user}[/{id}]: first who asks, then what for, so that a stranger learns nothing but that he is one.
    /// </summary>
    private Task DispatchUser(Exchange exchange, in RequestTarget target, int prefixLength)
    {
        var http = exchange.Http;
        string? asking = null;
        if (access.IsRequired && (asking = access.Authenticate(http.Request.Headers.Authorization)) is null)
        {
            return Problem.UnauthorizedAsync(http);
        }

        var rest = target.Path.AsSpan(prefixLength);
        var slash = rest.IndexOf('/');
        var userText = slash < 0 ? rest : rest[..slash];
        var idText = slash < 0 ? default : rest[(slash + 1)..];
        if (Names.Decode(userText) is not { } user) return Names.RefuseAsync(http, "user", userText);
        if (asking is not null && asking != user) return Problem.WriteAsync(http, 403, "This token is another user's.");
        if (idText.Contains('/')) return Problem.WriteAsync(http, 404, NothingHere);
        if (Names.Namespace(target.Query) is not { } blobNamespace)
        {
            return Names.RefuseAsync(http, "namespace", target.Query["namespace"]);
        }

        if (prefixLength == StreamPrefix.Length) return DispatchStream(exchange, user, blobNamespace, idText, target.Query);
        if (idText.IsEmpty)
        {
            exchange.Route = RouteName.List;
            return ListEndpoint.HandleAsync(exchange, store, user, blobNamespace, target.Query);
        }

        if (Names.Decode(idText) is not { } id) return Names.RefuseAsync(http, "id", idText);
        return DispatchBlob(exchange, new BlobName(user, blobNamespace, id), target.Query);
    }

    private Task DispatchBlob(Exchange exchange, in BlobName name, QueryValues query)
    {
        var method = exchange.Http.Request.Method;
        exchange.Route = RouteName.Blob;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            if (!query.IsSet("only_flags")) return GetEndpoint.HandleAsync(exchange, store, name);
            exchange.Route = RouteName.Flags;
            return FlagsEndpoint.GetAsync(exchange.Http, store, name);
        }

        if (HttpMethods.IsPut(method)) return PutEndpoint.HandleAsync(exchange, store, name);
        if (HttpMethods.IsDelete(method)) return DeleteEndpoint.HandleAsync(exchange.Http, store, name, isAppendOnly);
        if (!HttpMethods.IsPost(method)) return Problem.MethodNotAllowedAsync(exchange.Http, "GET, HEAD, PUT, POST, DELETE");
        exchange.Route = RouteName.Flags;
        return FlagsEndpoint.PostAsync(exchange.Http, store, name);
    }

    private Task DispatchStream(Exchange exchange, string user, string blobNamespace, ReadOnlySpan<char> rest, QueryValues query)
    {
        exchange.Route = RouteName.Stream;
        if (!rest.IsEmpty)
        {
            return Problem.WriteAsync(exchange.Http, 404, "There is nothing at this path; streams are at /stream/{user}.");
        }
        if (!HttpMethods.IsPost(exchange.Http.Request.Method)) return Problem.MethodNotAllowedAsync(exchange.Http, "POST");
        return query["direction"] switch
        {
            null or "" or "download" => StreamDownload.HandleAsync(exchange, store, user, blobNamespace),
            "upload" => StreamUpload.HandleAsync(exchange, store, user, blobNamespace),
            var other => Problem.WriteAsync(
                exchange.Http, 400, $"The direction '{other}' is neither download nor upload.", ("part", "direction")),
        };
    }
}
