using BlobsServer.Endpoints;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace BlobsServer.Hosting;

/// <summary>What Kestrel calls for each request. One HttpContext a connection is used again and again.</summary>
internal sealed class BlobsApplication(Router router) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<HttpContext> connection) return new DefaultHttpContext(contextFeatures);
        if (connection.HostContext is DefaultHttpContext known)
        {
            known.Initialize(contextFeatures);
            return known;
        }

        return connection.HostContext = new DefaultHttpContext(contextFeatures);
    }

    public Task ProcessRequestAsync(HttpContext context) => router.RouteAsync(context);

    public void DisposeContext(HttpContext context, Exception? exception) => ((DefaultHttpContext)context).Uninitialize();
}
