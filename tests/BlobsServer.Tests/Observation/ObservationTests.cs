using System.Text.Json;
using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Observation;

/// <summary>Health, metrics and the access log.</summary>
public sealed class ObservationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Metrics_count_requests_by_route_and_status_and_bytes()
    {
        await using var server = await RunningServer.StartAsync("--durability", "none");
        (await server.PutAsync("/blobs/alice/id", new byte[1000])).Dispose();
        (await server.PutAsync("/blobs/alice/id", new byte[1000])).Dispose();
        for (var i = 0; i < 3; i++) _ = await server.Http.GetByteArrayAsync("/blobs/alice/id");
        (await server.Http.GetAsync("/blobs/alice/missing")).Dispose();
        _ = await server.Http.GetStringAsync("/blobs/alice");

        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Equal(4, Sample(text, """blobs_requests_total{route="blob",status="200"}"""));
        Assert.Equal(1, Sample(text, """blobs_requests_total{route="blob",status="409"}"""));
        Assert.Equal(1, Sample(text, """blobs_requests_total{route="blob",status="404"}"""));
        Assert.Equal(1, Sample(text, """blobs_requests_total{route="list",status="200"}"""));
        Assert.Equal(6, Sample(text, """blobs_request_duration_seconds_count{route="blob"}"""));
        Assert.Equal(6, Sample(text, """blobs_request_duration_seconds_bucket{route="blob",le="+Inf"}"""));
        Assert.Equal(1000, Sample(text, "blobs_received_bytes_total"));
        Assert.Equal(3000 + "[\"id\"]".Length, Sample(text, "blobs_sent_bytes_total"));
        Assert.Equal(1, Sample(text, "blobs_requests_in_flight"));
        string[] names =
            ["process_open_fds", "process_resident_memory_bytes", "process_cpu_seconds_total", "dotnet_gc_heap_bytes"];
        foreach (var name in names)
        {
            Assert.True(Sample(text, name) > 0, name);
        }

        foreach (var line in text.TrimEnd().Split('\n'))
        {
            Assert.Matches(@"^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [-+.eE0-9]+)$", line);
        }
    }

    [Fact]
    public async Task A_json_log_is_a_line_a_request()
    {
        await using var server = await RunningServer.StartAsync("--log", "json");
        (await server.PutAsync("/blobs/alice/id?namespace=x", new byte[10])).Dispose();
        using (var connection = await RawConnection.OpenAsync(server.Port))
        {
            await connection.SendAsync("GET /blobs/alice/a\"b%0A HTTP/1.1\r\nHost: x\r\n\r\n");
            // All of it is read: a socket closed on unread bytes is reset, and 499 is what the log may then say.
            _ = await connection.ReadProblemAsync();
        }

        server.Process.Signal("TERM");
        await server.Process.WaitForExitAsync();
        var output = server.Process.StandardOutput.TrimEnd().Split('\n');
        var lines = output.Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var put = Assert.Single(lines, line => line.GetProperty("method").GetString() == "PUT");
        Assert.Equal("/blobs/alice/id?namespace=x", put.GetProperty("target").GetString());
        Assert.Equal((200, 10L), (put.GetProperty("status").GetInt32(), put.GetProperty("receivedBytes").GetInt64()));
        Assert.True(put.GetProperty("elapsedSeconds").GetDouble() > 0);
        Assert.Contains(
            lines,
            line => line.GetProperty("target").GetString() == "/blobs/alice/a\"b%0A"
                && line.GetProperty("status").GetInt32() == 400);
    }

    [Fact]
    public async Task A_text_log_is_a_line_a_request_and_none_is_none()
    {
        await using var text = await RunningServer.StartAsync("--log", "text");
        await using var none = await RunningServer.StartAsync();
        foreach (var server in new[] { text, none })
        {
            _ = await server.Http.GetStringAsync("/blobs/alice");
            server.Process.Signal("TERM");
            await server.Process.WaitForExitAsync();
        }

        Assert.Matches(
            new Regex(@"^\S+ GET /blobs/alice 200 [0-9.]+ ms, 0 in, 2 out$", RegexOptions.Multiline),
            text.Process.StandardOutput);
        Assert.Empty(none.Process.StandardOutput);
    }

    [Fact]
    public async Task Stopping_is_not_ready_before_it_is_gone()
    {
        await using var server = await RunningServer.StartAsync();
        using var upload = await RawConnection.OpenAsync(server.Port);
        await upload.SendAsync("PUT /blobs/alice/id HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
        // Connected and not yet asking: these connections are still there when the signal comes.
        using var asking = await RawConnection.OpenAsync(server.Port);
        await asking.SendAsync("GET /health/ready HTTP/1.1\r\n");
        server.Process.Signal("TERM");
        await Eventually.HoldsAsync(server.RefusesConnections, () => "still listens", Patience);
        await asking.SendAsync("Host: x\r\n\r\n");
        Assert.Equal(503, await asking.ReadStatusAsync());
        await upload.SendAsync(new byte[100]);
        Assert.Equal(200, await upload.ReadStatusAsync());
        Assert.Equal(143, await server.Process.WaitForExitAsync());
    }

    private static double Sample(string text, string name) =>
        double.Parse(
            Assert.Single(text.Split('\n'), line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..],
            System.Globalization.CultureInfo.InvariantCulture);
}
