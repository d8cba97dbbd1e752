using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Blobs.TestSupport;

/// <summary>Loopback ports that nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>Test programs that run side by side are told ports of their own: their draws would meet now and then.</summary>
    private static readonly (int First, int End) Range =
        Environment.GetEnvironmentVariable("BLOBS_TEST_PORTS")?.Split('-') is [var first, var last]
            ? (int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture) + 1)
            : (10_000, 32_000);

    /// <summary>Nobody listens yet on what a test took a moment ago, and another must not get it: each is given once.</summary>
    private static readonly HashSet<int> Given = [];

    /// <summary>
    /// The first of <paramref name="count"/> ports in a row that are free now. They are drawn below the kernel's range
    /// for outgoing connections (32768 and up), so that no client's own port lands on one before the server binds it,
    /// and at random, so that programs that run side by side without ranges of their own do not choose the same.
    /// </summary>
    public static int Take(int count = 1)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var first = Random.Shared.Next(Range.First, Range.End - count);
            var ports = Enumerable.Range(first, count).ToList();
            if (ports.All(IsFree) && TryGive(ports)) return first;
        }

        throw new InvalidOperationException($"found no {count} free loopback ports in a row in 1000 tries");
    }

    private static bool TryGive(List<int> ports)
    {
        lock (Given)
        {
            if (Given.Count > (Range.End - Range.First) / 2) Given.Clear(); // those of the beginning are long in use, or free again
            if (ports.Exists(Given.Contains)) return false;
            Given.UnionWith(ports);
            return true;
        }
    }

    /// <summary>
    /// Whether nobody listens. Binding would not tell: connections that ended a moment ago still hold the port.
    /// </summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }
}
