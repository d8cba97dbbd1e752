using BlobsServer.Observation;
using Transport;

namespace BlobsServer.Hosting;

/// <summary>What a connection keeps from request to request.</summary>
/// <param name="Exchange">Used again for each.</param>
/// <param name="Mark">Where our own transport wants to be told; null with Kestrel's.</param>
internal sealed record KeptExchange(Exchange Exchange, IRequestMark? Mark);
