using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Transport;

namespace ServiceDefaults;

/// <summary>Kestrel for small answers to many connections, on few cores that processes share.</summary>
internal static class TunedKestrel
{
    // Only a proxy (or a load tool) connects; closing its idle connections first would lose the request that crosses the FIN.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromHours(12);

    public static void Tune(this IWebHostBuilder host, ServiceOptions options)
    {
        // Handlers wait for the store and never block, so they may run where the request was received.
        host.ConfigureServices(
            services => services.AddSingleton<IConnectionListenerFactory>(
                new EpollTransport(sharedPort: null, TimeProvider.System)));
        host.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.KeepAliveTimeout = KeepAlive;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(options.Host, options.Port);
        });
    }
}
