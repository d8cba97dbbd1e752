using System.IO.Pipelines;
using BlobsServer.Storage;

namespace BlobsServer.Tests.Storage;

/// <summary>Small blobs that are sent one after the other.</summary>
[Trait("Store", "any")]
public sealed class BufferedCopyTests
{
    private static readonly byte[] Blob = new byte[1000];

    [Fact]
    public async Task ToAsync_AFewSmallBlobs_WaitForTheNextFlush()
    {
        var pipe = new Pipe();
        WriteFrame(pipe.Writer);
        for (var number = 0; number < 10; number++)
        {
            Assert.Equal(Blob.Length, await BufferedCopy.ToAsync(pipe.Writer, Blob, TestContext.Current.CancellationToken));
        }

        Assert.False(pipe.Reader.TryRead(out _));
        Assert.Equal(1 + (10 * Blob.Length), pipe.Writer.UnflushedBytes);
    }

    /// <summary>Who does not read holds up who sends, however small the pieces.</summary>
    [Fact]
    public async Task ToAsync_MoreThanAReaderTakes_WaitsForIt()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 100_000, resumeWriterThreshold: 50_000));
        var sent = 0;
        ValueTask<long> copy;
        while ((copy = SendAsync(pipe.Writer)).IsCompletedSuccessfully)
        {
            sent += Blob.Length;
            Assert.InRange(sent, 0, 300_000);
        }

        var read = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        Assert.Equal(Blob.Length, await copy);
    }

    [Fact]
    public async Task ToAsync_TheReaderHasGone_HandsNothingOver()
    {
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        Assert.Equal(0, await BufferedCopy.ToAsync(pipe.Writer, new byte[100_000], TestContext.Current.CancellationToken));
    }

    /// <summary>The only blob of an answer goes out at once, with its header.</summary>
    [Fact]
    public async Task ToAsync_NothingWaits_IsSent()
    {
        var pipe = new Pipe();
        Assert.Equal(Blob.Length, await BufferedCopy.ToAsync(pipe.Writer, Blob, TestContext.Current.CancellationToken));
        Assert.True(pipe.Reader.TryRead(out var read));
        Assert.Equal(Blob.Length, read.Buffer.Length);
    }

    private static ValueTask<long> SendAsync(PipeWriter writer)
    {
        WriteFrame(writer);
        return BufferedCopy.ToAsync(writer, Blob, TestContext.Current.CancellationToken);
    }

    /// <summary>What a stream has before each blob.</summary>
    private static void WriteFrame(PipeWriter writer)
    {
        writer.GetSpan(1)[0] = 0;
        writer.Advance(1);
    }
}
