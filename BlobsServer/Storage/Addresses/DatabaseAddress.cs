using StoreClients;

namespace BlobsServer.Storage.Addresses;

/// <summary>postgresql://USER[:PASSWORD]@HOST:PORT/DATABASE.</summary>
internal sealed record DatabaseAddress(StoreUrl Url) : StoreAddress
{
    public override string ToString() => Url.ToString();
}
