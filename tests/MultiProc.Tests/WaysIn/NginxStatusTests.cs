using System.Net;
using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
using MultiProc.WaysIn;

namespace MultiProc.Tests.WaysIn;

public sealed class NginxStatusTests
{
    private const int Counted = 50;

    [Fact]
    public void ParseRequests_StatusPage_ThirdNumber() =>
        Assert.Equal(
            31, NginxStatus.ParseRequests(
                "Active connections: 2 \nserver accepts handled requests\n 16 15 31 \nReading: 0 Writing: 1 Waiting: 1 \n"));

    [Theory]
    [InlineData("")]
    [InlineData("server accepts handled requests")]
    [InlineData("server accepts handled requests\n 1 2\n")]
    [InlineData("<html>404 Not Found</html>")]
    public void ParseRequests_AnythingElse_Null(string text) => Assert.Null(NginxStatus.ParseRequests(text));

    /// <summary>
    /// A machine that is busy holds nginx up for longer than we wait; it counts the question when it comes to it.
    /// </summary>
    [Fact(Timeout = 60_000)]
    public async Task Questions_that_are_answered_too_late_are_taken_off_too()
    {
        using var nginx = new TcpListener(IPAddress.Loopback, 0);
        nginx.Start();
        var status = new NginxStatus(((IPEndPoint)nginx.LocalEndpoint).Port, "/status", TimeSpan.FromMilliseconds(500));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Null(await status.CountAsync(cancellation)); // nobody accepts in time
        var answering = AnswerAsync(nginx, cancellation);
        var asked = 2L;
        long? count;
        while ((count = await status.CountAsync(cancellation)) is null) asked++;
        Assert.Equal(Counted - asked, count);
        nginx.Stop();
        await answering;
    }

    [Fact(Timeout = 60_000)]
    public async Task Question_whose_asker_is_gone_is_taken_off_too()
    {
        using var nginx = new TcpListener(IPAddress.Loopback, 0);
        nginx.Start();
        var status = new NginxStatus(((IPEndPoint)nginx.LocalEndpoint).Port, "/status", TimeSpan.FromSeconds(30));
        var cancellation = TestContext.Current.CancellationToken;
        using var asker = new CancellationTokenSource();
        var abandoned = status.CountAsync(asker.Token);
        using (await nginx.AcceptSocketAsync(cancellation)) await asker.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => status.CountAsync(asker.Token)); // not even begun
        var answering = AnswerAsync(nginx, cancellation);
        Assert.Equal(Counted - 2, await status.CountAsync(cancellation));
        nginx.Stop();
        await answering;
    }

    [Fact(Timeout = 60_000)]
    public async Task Question_that_nobody_was_there_for_is_not_taken_off()
    {
        var port = FreePorts.Take();
        var status = new NginxStatus(port, "/status", TimeSpan.FromSeconds(30));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Null(await status.CountAsync(cancellation));
        using var nginx = new TcpListener(IPAddress.Loopback, port);
        nginx.Start();
        var answering = AnswerAsync(nginx, cancellation);
        Assert.Equal(Counted - 1, await status.CountAsync(cancellation));
        nginx.Stop();
        await answering;
    }

    /// <summary>Until the listener is stopped.</summary>
    private static async Task AnswerAsync(TcpListener nginx, CancellationToken cancellation)
    {
        var page = Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\n\r\nserver accepts handled requests\n 1 1 {Counted}\n");
        while (nginx.Server.IsBound)
        {
            try
            {
                using var asked = await nginx.AcceptSocketAsync(cancellation);
                await asked.SendAsync(page, cancellation);
                asked.Shutdown(SocketShutdown.Send);
                await asked.ReceiveAsync(new byte[4096], cancellation);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test stopped it, or the asker is gone, who would not wait.
            }
        }
    }
}
