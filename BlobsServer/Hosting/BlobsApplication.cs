using BlobsServer.Endpoints;
using BlobsServer.Observation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace BlobsServer.Hosting;

/// <summary>What Kestrel calls for each request: measured on both sides, answered by the router in between.</summary>
internal sealed class BlobsApplication(Router router, Metrics metrics, AccessLog? log, TimeProvider time)
    : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        var exchange = Reuse(contextFeatures);
        exchange.Reset(time.GetTimestamp());
        metrics.Begin();
        return exchange;
    }

    public Task ProcessRequestAsync(Exchange context) => router.RouteAsync(context);

    public void DisposeContext(Exchange context, Exception? exception)
    {
        var elapsed = time.GetElapsedTime(context.StartedAt);
        metrics.End(context, elapsed);
        log?.Add(context, elapsed);
        context.Http.Uninitialize();
    }

    private static Exchange Reuse(IFeatureCollection features)
    {
        if (features is not IHostContextContainer<Exchange> connection) return new Exchange(new DefaultHttpContext(features));
        if (connection.HostContext is not { } known)
        {
            return connection.HostContext = new Exchange(new DefaultHttpContext(features));
        }
        known.Http.Initialize(features);
        return known;
    }
}
