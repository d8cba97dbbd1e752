using Amazon.Runtime;

namespace BlobsServer.Storage.S3;

/// <summary>The connections to S3: as many as there are requests under way, and kept.</summary>
internal sealed class GatewayConnections : HttpClientFactory
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(3);

    // Below what gateways and balancers let a connection be idle for, so that none is used that is being closed.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(20);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectTime,
        PooledConnectionIdleTimeout = IdleTime,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each call has its own patience, by its size
    };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
