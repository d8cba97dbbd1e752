using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ServiceDefaults;

/// <summary>Kestrel for small answers to many connections, on few cores that processes share.</summary>
internal static class TunedKestrel
{
    // A thousand clients without keep-alive connect at once; the kernel's net.core.somaxconn bounds it further.
    private const int Backlog = 4096;

    // Only a proxy (or a load tool) connects; closing its idle connections first would lose the request that crosses the FIN.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromHours(12);

    public static void Tune(this IWebHostBuilder host, ServiceOptions options)
    {
        host.UseSockets(transport =>
        {
            transport.Backlog = Backlog;
            // Handlers wait for the store and never block, so the thread that received the request may run them.
            transport.UnsafePreferInlineScheduling = true;
        });
        host.ConfigureKestrel(kestrel =>
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
