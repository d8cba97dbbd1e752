using System.Text.Json;
using Blobs.TestSupport;
using BlobsServer.Observation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BlobsServer.Tests.Observation;

/// <summary>The log on a disk that is full for a while, and on one that stays so.</summary>
public sealed class AccessLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Run_OutputThatFailsForAWhile_GoesOnAndSaysHowManyLinesWereDropped()
    {
        using var output = new FullStream();
        var log = new AccessLog(LogFormat.Json, TimeProvider.System, output);
        var running = log.RunAsync();
        for (var line = 1; line <= 3; line++)
        {
            log.Add(SomeExchange(), TimeSpan.Zero);
            var wanted = line;
            await Eventually.HoldsAsync(() => output.Failures == wanted, () => $"{output.Failures} writes failed", Patience);
        }

        output.IsFull = false;
        log.Add(SomeExchange(), TimeSpan.Zero);
        log.Finish();
        await running.WaitAsync(Patience);
        var written = Assert.Single(output.Lines());
        Assert.Equal(3, JsonDocument.Parse(written).RootElement.GetProperty("droppedLines").GetInt32());
    }

    [Fact]
    public async Task A_log_on_a_full_disk_ends_neither_the_server_nor_its_stop()
    {
        await using var server = await RunningServer.StartAsync(
            null, ["--log", "json"], ["sh", "-c", "exec \"$@\" >/dev/full", "sh"]);
        for (var request = 0; request < 5; request++) Assert.Equal("[]", await server.Http.GetStringAsync("/blobs/alice"));
        server.Process.Signal("TERM");
        Assert.Equal(143, await server.Process.WaitForExitAsync());
        Assert.Single(
            server.Process.StandardError.Split('\n'), line => line.Contains("log cannot be written", StringComparison.Ordinal));
        Assert.DoesNotContain("Unhandled", server.Process.StandardError, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_download_that_the_client_breaks_off_is_none_that_succeeded()
    {
        await using var server = await RunningServer.StartAsync("--durability", "none", "--log", "json");
        (await server.PutAsync("/blobs/alice/large", new byte[50_000_000])).Dispose();
        using (var connection = await RawConnection.OpenAsync(server.Port))
        {
            await connection.SendAsync("GET /blobs/alice/large HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(200, await connection.ReadStatusAsync());
            connection.Reset();
        }

        await Eventually.HoldsAsync(
            () => server.Process.StandardOutput.Contains("\"status\":499", StringComparison.Ordinal),
            () => server.Process.StandardOutput, Patience);
        var line = Assert.Single(
            server.Process.StandardOutput.Split('\n'), line => line.Contains(
                "/large\",\"status\":499", StringComparison.Ordinal));
        Assert.InRange(JsonDocument.Parse(line).RootElement.GetProperty("sentBytes").GetInt64(), 0, 49_999_999);
        Assert.Contains(
            """blobs_requests_total{route="blob",status="499"} 1""", await server.Http.GetStringAsync("/metrics"),
            StringComparison.Ordinal);
    }

    private static Exchange SomeExchange()
    {
        var http = new DefaultHttpContext();
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = "/";
        return new Exchange(http);
    }

    private sealed class FullStream : MemoryStream
    {
        private volatile bool _isFull = true;
        private int _failures;

        public bool IsFull
        {
            set => _isFull = value;
        }

        public int Failures => Volatile.Read(ref _failures);

        public string[] Lines() =>
            System.Text.Encoding.UTF8.GetString(ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_isFull)
            {
                Interlocked.Increment(ref _failures);
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
