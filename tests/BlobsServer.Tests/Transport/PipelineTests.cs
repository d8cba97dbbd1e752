using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Transport;

/// <summary>Clients that never make the server wait: their threads are not theirs alone.</summary>
public sealed class PipelineTests
{
    private const int Loops = 2;
    private const int AnswersEach = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly byte[] Requests =
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 5_000)));

    /// <summary>
    /// Each sends and reads for as long as the others ask. Without turns whoever shares a loop with one is answered when that
    /// client pauses, and with one a loop nobody is.
    /// </summary>
    [Fact]
    public async Task Endless_pipelines_on_every_loop_leave_others_their_turns()
    {
        // As many processors whatever the machine has, so that the pipelines are on all loops.
        await using var server = await RunningServer.StartAsync(
            null, ["--durability", "none"], ["env", $"DOTNET_PROCESSOR_COUNT={Loops}"]);
        using var stop = new CancellationTokenSource();
        var answeredBytes = new long[4 * Loops];
        var pipelines = Enumerable.Range(0, answeredBytes.Length)
            .Select(index => PipelineAsync(server.Port, sent => answeredBytes[index] += sent, stop.Token)).ToArray();
        var others = new List<RawConnection>();
        try
        {
            foreach (var index in Enumerable.Range(0, answeredBytes.Length))
            {
                await Eventually.HoldsAsync(
                    () => Volatile.Read(ref answeredBytes[index]) > 0, () => $"pipeline {index} has no answer", Patience);
            }

            // New connections, on all loops, each with several requests.
            for (var index = 0; index < 4 * Loops; index++) others.Add(await RawConnection.OpenAsync(server.Port));
            foreach (var other in others) await AskAsync(other, AnswersEach);

            // And they went on meanwhile: the turns are shared, not taken away.
            foreach (var index in Enumerable.Range(0, answeredBytes.Length))
            {
                var before = Volatile.Read(ref answeredBytes[index]);
                await Eventually.HoldsAsync(
                    () => Volatile.Read(
                        ref answeredBytes[index]) > before, () => $"pipeline {index} stopped at {before}", Patience);
            }
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var other in others) other.Dispose();
        }

        Assert.All(pipelines, pipeline => Assert.False(pipeline.IsFaulted, $"{pipeline.Exception}"));
        await Task.WhenAll(pipelines);
    }

    private static async Task AskAsync(RawConnection connection, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await connection.SendAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(200, await connection.ReadStatusAsync(Patience));
        }
    }

    private static async Task PipelineAsync(int port, Action<int> onAnswered, CancellationToken stop)
    {
        using var connection = await RawConnection.OpenAsync(port);
        var reading = Task.Run(
            async () =>
            {
                var buffer = new byte[256 * 1024];
                while (await connection.Socket.ReceiveAsync(buffer, stop) is var count and > 0) onAnswered(count);
            },
            CancellationToken.None);
        try
        {
            while (true) await connection.Socket.SendAsync(Requests, stop);
        }
        catch (OperationCanceledException)
        {
        }

        try
        {
            await reading;
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
        }
    }
}
