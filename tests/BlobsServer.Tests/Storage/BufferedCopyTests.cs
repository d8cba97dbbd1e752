using System.IO.Pipelines;
using BlobsServer.Storage;

namespace BlobsServer.Tests.Storage;

/// <summary>Small blobs that are sent one after the other.</summary>
public sealed class BufferedCopyTests
{
    private static readonly byte[] Blob = new byte[1000];

    [Fact]
    public async Task ToAsync_AFewSmallBlobs_WaitForTheNextFlush()
    {
        var pipe = new Pipe();
        for (var number = 0; number < 10; number++)
        {
            Assert.Equal(Blob.Length, await BufferedCopy.ToAsync(pipe.Writer, Blob, TestContext.Current.CancellationToken));
        }

        Assert.False(pipe.Reader.TryRead(out _));
        Assert.Equal(10 * Blob.Length, pipe.Writer.UnflushedBytes);
    }

    /// <summary>Who does not read holds up who sends, however small the pieces.</summary>
    [Fact]
    public async Task ToAsync_MoreThanAReaderTakes_WaitsForIt()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 100_000, resumeWriterThreshold: 50_000));
        var sent = 0;
        ValueTask<long> copy;
        while ((copy = BufferedCopy.ToAsync(pipe.Writer, Blob, TestContext.Current.CancellationToken)).IsCompletedSuccessfully)
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
}
