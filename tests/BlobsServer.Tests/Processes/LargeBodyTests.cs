using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>100 MiB, byte for byte, however they are cut into pieces on the way.</summary>
public sealed class LargeBodyTests
{
    private const int BodyBytes = 100 * 1024 * 1024;

    [Trait("Store", "disk")]
    [Fact]
    [Trait("Category", "Soak")]
    public async Task A_hundred_mebibytes_come_back_byte_for_byte()
    {
        int[] pieces = SoakSize.IsSoak ? [4093, 16_384, 65_535, 65_536, 65_537, 1_048_576, 33_333_333] : [65_537, 33_333_333];
        await using var server = await RunningServer.StartAsync("--durability", "none");
        var body = RandomNumberGenerator.GetBytes(BodyBytes);
        var count = 0;
        foreach (var isChunked in new[] { false, true })
        {
            foreach (var pieceBytes in pieces)
            {
                var path = $"/blobs/alice/large-{count++}";
                using (var put = await server.Http.PutAsync(path, new PiecesContent(body, pieceBytes, isChunked)))
                {
                    Assert.Equal(HttpStatusCode.OK, put.StatusCode);
                }

                await AssertSameAsync(server, path, body);
                await AssertSameInRangesAsync(server, path, body, rangeBytes: 20_000_003);
                (await server.Http.DeleteAsync(path)).Dispose();
            }
        }

        SoakSize.Report(
            $"{count} round trips of 100 MiB, chunked or not, in pieces of {string.Join(", ", pieces)} bytes: the same bytes");
    }

    private static async Task AssertSameAsync(RunningServer server, string path, byte[] body)
    {
        using var answer = await server.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var piece = new byte[1_000_003];
        var offset = 0;
        while (await stream.ReadAsync(piece) is var read and > 0)
        {
            Assert.True(
                piece.AsSpan(0, read).SequenceEqual(body.AsSpan(offset, read)), $"another byte within {read} from {offset} on");
            offset += read;
        }

        Assert.Equal(body.Length, offset);
    }

    private static async Task AssertSameInRangesAsync(RunningServer server, string path, byte[] body, int rangeBytes)
    {
        for (var start = 0; start < body.Length; start += rangeBytes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Range = new RangeHeaderValue(start, start + rangeBytes - 1);
            using var answer = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            var part = await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal(Math.Min(rangeBytes, body.Length - start), part.Length);
            Assert.True(part.AsSpan().SequenceEqual(body.AsSpan(start, part.Length)), $"another byte in the range from {start}");
        }
    }

    /// <summary>A body that is written in pieces; each is a chunk of its own when it is chunked.</summary>
    private sealed class PiecesContent(byte[] body, int pieceBytes, bool isChunked) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var offset = 0; offset < body.Length; offset += pieceBytes)
            {
                await stream.WriteAsync(body.AsMemory(offset, Math.Min(pieceBytes, body.Length - offset)));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return !isChunked;
        }
    }
}
