using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using BlobsServer.Endpoints;

namespace BlobsServer.Tests.Endpoints;

public sealed class StreamBodyTests
{
    private const int Pieces = 250;
    private const int PieceBytes = 4096;

    /// <summary>
    /// A megabyte whose end comes last. Each look at a piece is counted: one to write it, one or two to search it, one to copy
    /// it. Searched from its start at every read, the first would be looked at as often as there are others.
    /// </summary>
    [Fact]
    public async Task ReadLineAsync_LineInManyPieces_LooksAtEachAFewTimes()
    {
        using var looks = new CountedPool();
        var pipe = new Pipe(
            new PipeOptions(
                looks, PipeScheduler.Inline, PipeScheduler.Inline, pauseWriterThreshold: 0, minimumSegmentSize: PieceBytes));
        var line = StreamBody.ReadLineAsync(pipe.Reader);
        for (var piece = 0; piece < Pieces; piece++)
        {
            pipe.Writer.GetSpan(PieceBytes)[..PieceBytes].Fill((byte)' ');
            pipe.Writer.Advance(PieceBytes);
            await pipe.Writer.FlushAsync();
        }

        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes("[]\nabc"));
        Assert.Equal((Pieces * PieceBytes) + 2, (await line)!.Length);
        Assert.InRange(looks.Count, Pieces, Pieces * 8);
        Assert.Equal("abc", Encoding.ASCII.GetString((await pipe.Reader.ReadAsync()).Buffer));
    }

    private sealed class CountedPool : MemoryPool<byte>
    {
        public int Count { get; private set; }

        public override int MaxBufferSize => int.MaxValue;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
            new Counted(this, new byte[Math.Max(minBufferSize, PieceBytes)]);

        protected override void Dispose(bool disposing)
        {
        }

        private sealed class Counted(CountedPool pool, byte[] bytes) : MemoryManager<byte>
        {
            public override Span<byte> GetSpan()
            {
                pool.Count++;
                return bytes;
            }

            public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

            public override void Unpin()
            {
            }

            protected override void Dispose(bool disposing)
            {
            }
        }
    }
}
