namespace BlobsServer.Options;

/// <summary>What carries bytes between sockets and Kestrel.</summary>
internal enum TransportName
{
    /// <summary>Our own, of the project Transport.</summary>
    Epoll,

    /// <summary>Kestrel's, over .NET's sockets: for comparison, and where ours should ever fail.</summary>
    Sockets,
}
