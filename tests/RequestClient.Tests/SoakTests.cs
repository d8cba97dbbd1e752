using RequestClient.Http;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Long ones: BLOBS_SOAK=1 lets them run.</summary>
[Trait("Category", "Soak")]
public sealed class SoakTests
{
    private static bool IsWanted => Environment.GetEnvironmentVariable("BLOBS_SOAK") == "1";

    [Fact]
    public async Task OneWrongByteInTenThousandReplies_OverMinutes_IsCaughtEveryTime()
    {
        Assert.SkipUnless(IsWanted, "set BLOBS_SOAK=1");
        var store = new BlobStore();
        var (turn, spoilt) = (0, 0);
        await using var server = new RawServer(request =>
        {
            var reply = store.Answer(request);
            if (request.Method != "GET") return reply;
            store.Blobs.TryRemove(request.Path, out _);
            if (Interlocked.Increment(ref turn) % 10_000 != 0) return reply;
            Interlocked.Increment(ref spoilt);
            reply.Bytes[Random.Shared.Next(reply.Bytes.Length - 1024, reply.Bytes.Length)] ^= (byte)(1 << Random.Shared.Next(8));
            return reply;
        });
        var run = await Client.RunProcessAsync(
            server.Url, "0", "1", "--get", "--duration", "60", "--concurrency", "20");
        Assert.True(spoilt > 10);
        Assert.Equal(spoilt, run.Record!.Errors["bytes"]);
        Assert.Equal(turn - spoilt, run.Record.Operations);
    }

    [Fact]
    public void AnyBytes_Millions_NeverThrow()
    {
        Assert.SkipUnless(IsWanted, "set BLOBS_SOAK=1");
        var random = new Random();
        var text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 12\r\nConnection: close\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n"u8.ToArray();
        for (var round = 0; round < 3_000_000; round++)
        {
            var bytes = text.ToArray();
            for (var edits = random.Next(1, 8); edits > 0; edits--)
            {
                var (from, to, length) = (random.Next(bytes.Length), random.Next(bytes.Length), random.Next(1, 20));
                bytes.AsSpan(from, Math.Min(length, bytes.Length - Math.Max(from, to))).ToArray().CopyTo(bytes, to);
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var reader = new ReplyReader();
            reader.Begin(new Nobody(), headRequested: false);
            foreach (var piece in bytes.Chunk(random.Next(1, bytes.Length + 1)))
            {
                if (reader.Read(piece) != ReplyProgress.Incomplete) break;
            }

            reader.Close();
        }
    }

    private sealed class Nobody : IBodyReader
    {
        public void Begin(int status, long? length)
        {
        }

        public void Take(ReadOnlySpan<byte> bytes)
        {
        }
    }
}
