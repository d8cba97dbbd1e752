using System.Net;
using System.Net.Sockets;
using System.Text;
using Linux;
using RequestClient.Actions;
using RequestClient.Load;
using RequestClient.Load.Judging;
using RequestClient.Net;

namespace RequestClient.Tests.Load;

/// <summary>Bytes behind a reply are no part of it, also where the reply fills the buffer to its last byte (issue 12).</summary>
public sealed class SurplusTests
{
    [Theory]
    [InlineData(0, null)]
    [InlineData(5, Failure.Framing)]
    public async Task Exchange_ReplyThatFillsTheBuffer_BytesBehindItAreSeen(int surplus, string? failure)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        // What comes must lie there as a whole before it is read.
        listener.Server.SendBufferSize = 4 * ReceiveBuffer.Length;
        listener.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var action = new ActionPlan(
            "any", [new Step { Name = "any", Method = "GET", Path = "/", Wanted = [new WantedReply(200, WantedBody.Any)] }]);
        var workload = new Workload(action, Target.Of(url, IPAddress.Loopback), "study", blobLength: 0, headers: []);
        var epoll = new Epoll();
        var exchange = new Exchange(workload.Target, epoll, new ReceiveBuffer(), 0);
        var values = workload.MakeValues();
        var progress = exchange.Begin(workload.PrepareRequests(values)[0], workload.MakeJudges(values)[0], 0, 0);

        using var server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExchangeProgress.Pending, Follow(progress));
        Assert.True(await server.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken) > 0);
        const string Head = "HTTP/1.1 200 OK\r\nContent-Length: 65000\r\n";
        var filler = ReceiveBuffer.Length - Head.Length - 65_000 - "X: \r\n\r\n".Length;
        var reply = Encoding.ASCII.GetBytes($"{Head}X: {new string('x', filler)}\r\n\r\n{new string('b', 65_000 + surplus)}");
        Assert.Equal(ReceiveBuffer.Length + surplus, reply.Length);
        await server.SendAsync(reply, TestContext.Current.CancellationToken);
        // Loopback has handed it over when it was sent; a moment more costs nothing.
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(failure is null ? ExchangeProgress.Replied : ExchangeProgress.Failed, Follow(ExchangeProgress.Pending));
        Assert.Equal(failure, exchange.Failure?.Kind);
        exchange.Close();

        ExchangeProgress Follow(ExchangeProgress known)
        {
            for (var waits = 0; known == ExchangeProgress.Pending && waits < 20; waits++)
            {
                var ready = epoll.Wait(10);
                for (var index = 0; index < ready && known == ExchangeProgress.Pending; index++)
                    known = exchange.OnReady(epoll[index].Events);
            }

            return known;
        }
    }
}
