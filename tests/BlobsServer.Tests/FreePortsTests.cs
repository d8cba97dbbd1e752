using System.Net;
using System.Net.Sockets;
using Blobs.TestSupport;

namespace BlobsServer.Tests;

/// <summary>Ports that tests start their servers on.</summary>
public sealed class FreePortsTests
{
    /// <summary>Nobody listens yet on a port that was taken a moment ago.</summary>
    [Fact]
    public void Take_AgainAndAgain_GivesEachOnce()
    {
        const int Taken = 600;
        var ports = Enumerable.Range(0, Taken).Select(_ => FreePorts.Take(2)).SelectMany(first => new[] { first, first + 1 });
        Assert.Equal(2 * Taken, ports.Distinct().Count());
    }

    [Fact]
    public void IsFree_ListenedOnAndNotAnyLonger_SaysSo()
    {
        var port = FreePorts.Take();
        Assert.True(FreePorts.IsFree(port));
        using (var listener = new TcpListener(IPAddress.Loopback, port))
        {
            listener.Start();
            Assert.False(FreePorts.IsFree(port));
        }

        Assert.True(FreePorts.IsFree(port));
    }
}
