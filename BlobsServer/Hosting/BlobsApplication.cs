using BlobsServer.Endpoints;
using BlobsServer.Observation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Transport;

namespace BlobsServer.Hosting;

/// <summary>What Kestrel calls for each request: measured on both sides, answered by the router in between.</summary>
internal sealed class BlobsApplication(Router router, Metrics metrics, AccessLog? log, TimeProvider time)
    : IHttpApplication<KeptExchange>
{
    public KeptExchange CreateContext(IFeatureCollection contextFeatures)
    {
        var kept = Reuse(contextFeatures);
        kept.Exchange.Reset(time.GetTimestamp());
        kept.Mark?.Begin();
        kept.Exchange.Counters = metrics.Begin();
        return kept;
    }

    public Task ProcessRequestAsync(KeptExchange context) => router.RouteAsync(context.Exchange);

    public void DisposeContext(KeptExchange context, Exception? exception)
    {
        var (exchange, mark) = context;
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(exchange.StartedAt, now);
        exchange.IsBrokenOff = mark is { IsBroken: true };
        exchange.Counters!.End(exchange, elapsed);
        log?.Add(exchange, elapsed);
        mark?.End(now);
        exchange.Http.Uninitialize();
    }

    private static KeptExchange Reuse(IFeatureCollection features)
    {
        if (features is not IHostContextContainer<KeptExchange> connection) return Create(features);
        if (connection.HostContext is not { } known) return connection.HostContext = Create(features);
        known.Exchange.Http.Initialize(features);
        return known;
    }

    private static KeptExchange Create(IFeatureCollection features) =>
        new(new Exchange(new DefaultHttpContext(features)), features.Get<IRequestMark>());
}
