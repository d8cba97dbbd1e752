using BlobsServer.Options;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Transport;

namespace BlobsServer.Hosting;

/// <summary>
/// Kestrel without a host around it: no middleware, no routing table, no logging, nothing allocated per request that the
/// server does not need itself.
/// </summary>
internal static class KestrelListener
{
    /// <summary>
    /// What requests under way may take after a signal; longer than an upload of the largest blobs should need.
    /// </summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    // Only a proxy (or one client) connects; closing its idle connections first would lose the request that crosses the FIN.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromHours(12);

    // Who cannot send a head in this time holds a connection for nothing.
    private static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(10);

    public static KestrelServer Create(ServerOptions options)
    {
        var kestrel = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
        };
        kestrel.Limits.KeepAliveTimeout = KeepAlive;
        kestrel.Limits.RequestHeadersTimeout = HeadersTime;
        kestrel.Limits.MaxRequestBodySize = null; // the store counts, and answers 413 itself
        kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(options.Host, options.Port);
        if (options.SharedPort is { } shared) kestrel.Listen(options.Host, shared);
        if (options.UnixSocket is not null) kestrel.ListenUnixSocket(options.UnixSocket);

        return new KestrelServer(OptionsOf(kestrel), Transport(options), NullLoggerFactory.Instance);
    }

    private static IConnectionListenerFactory Transport(ServerOptions options)
    {
        if (options.Transport == TransportName.Epoll) return new EpollTransport(options.SharedPort, TimeProvider.System);
        var sockets = new SocketTransportOptions
        {
            CreateBoundListenSocket = endpoint => BoundSocket.Create(endpoint, options.SharedPort),
        };
        return new SocketTransportFactory(OptionsOf(sockets), NullLoggerFactory.Instance);
    }

    private static IOptions<T> OptionsOf<T>(T options) where T : class => Microsoft.Extensions.Options.Options.Create(options);
}
