using BlobsServer.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlobsServer.Hosting;

/// <summary>
/// Kestrel without a host around it: no middleware, no routing table, no logging, nothing allocated per request that the
/// server does not need itself.
/// </summary>
internal static class KestrelListener
{
    /// <summary>What requests under way may take after a signal; longer than an upload of the largest blobs should need.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    // Only a proxy (or one client) connects; closing its idle connections first would lose the request that crosses the FIN.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromHours(12);

    public static KestrelServer Create(ServerOptions options)
    {
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
        };
        kestrel.Limits.KeepAliveTimeout = KeepAlive;
        kestrel.Limits.MaxRequestBodySize = null; // the store counts, and answers 413 itself
        kestrel.Listen(options.Host, options.Port, listen => listen.Protocols = HttpProtocols.Http1);

        var sockets = new SocketTransportOptions
        {
            UnsafePreferInlineScheduling = true,
            WaitForDataBeforeAllocatingBuffer = false,
        };
        var transport = new SocketTransportFactory(Microsoft.Extensions.Options.Options.Create(sockets), NullLoggerFactory.Instance);
        return new KestrelServer(Microsoft.Extensions.Options.Options.Create(kestrel), transport, NullLoggerFactory.Instance);
    }
}
