using System.Net;

namespace RequestClient.Net;

/// <summary>The server that is measured: where it listens and how requests name it.</summary>
internal sealed record Target
{
    /// <summary>Address family as the kernel numbers it.</summary>
    public required int AddressFamily { get; init; }

    /// <summary>struct sockaddr, ready for connect(2).</summary>
    public required byte[] Address { get; init; }

    /// <summary>Value of the Host header (RFC 9112 section 3.2).</summary>
    public required string Host { get; init; }

    /// <summary>What the URL's path puts before every path, without a slash at its end.</summary>
    public required string PathPrefix { get; init; }

    /// <summary>The end point, for messages.</summary>
    public required IPEndPoint EndPoint { get; init; }

    public static Target Of(Uri url, IPAddress address)
    {
        var endPoint = new IPEndPoint(address, url.Port);
        var socketAddress = endPoint.Serialize();
        var bytes = socketAddress.Buffer[..socketAddress.Size].ToArray();
        return new Target
        {
            // .NET keeps the kernel's own layout in the buffer: the family comes first, in host order.
            AddressFamily = BitConverter.ToUInt16(bytes),
            Address = bytes,
            Host = url.IsDefaultPort ? url.Host : url.Authority,
            PathPrefix = url.AbsolutePath.TrimEnd('/'),
            EndPoint = endPoint,
        };
    }

    /// <summary>Looks the host's name up once, before anything is measured; the first IPv4 address wins.</summary>
    public static async Task<Target> ResolveAsync(Uri url, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(url.IdnHost, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(url.IdnHost, cancellation);
        return Of(url, addresses.OrderBy(address => address.AddressFamily).First());
    }
}
