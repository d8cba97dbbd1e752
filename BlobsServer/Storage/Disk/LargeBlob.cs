using System.IO.Pipelines;
using BlobsServer.Storage.Disk.Files;
using BlobsServer.Storage.Disk.Threads;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>A blob that is read piece by piece, at its reader's pace.</summary>
internal sealed class LargeBlob : IOpenBlob
{
    private const int PieceBytes = 128 * 1024;

    private readonly OpenFile _file;
    private readonly DiskThreads _threads;

    private LargeBlob(OpenFile file, StoredBlob info, DiskThreads threads) => (_file, Info, _threads) = (file, info, threads);

    public StoredBlob Info { get; }

    /// <summary>Null when that would have to wait for the disk; else the file is the blob's to close.</summary>
    public static LargeBlob? TryRead(OpenFile file, in FileStatus status, DiskThreads threads, bool mayWait)
    {
        Span<byte> last = stackalloc byte[BlobTag.Bytes];
        if (!file.TryReadAt(last, status.SizeBytes - last.Length, mayWait, out var count)) return null;
        if (count < last.Length) throw new StoreException(StoreFailure.Broken, "a blob was cut short");
        return new LargeBlob(file, StoredFile.Describe(status, BlobTag.Of(last)), threads);
    }

    public async ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken)
    {
        var done = 0L;
        while (done < length)
        {
            var wanted = (int)Math.Min(PieceBytes, length - done);
            if (!TryRead(writer.GetSpan(wanted)[..wanted], offset + done, out var count))
            {
                // From the event loop, which saw that there is room to send, to where it may wait.
                await _threads.ToWaitForDisk();
                continue;
            }

            if (count == 0) throw new StoreException(StoreFailure.Broken, "a blob was cut short");
            writer.Advance(count);
            done += count;
            if ((await writer.FlushAsync(cancellationToken)).IsCompleted) break;
        }

        return done;
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool TryRead(Span<byte> buffer, long offset, out int count)
    {
        try
        {
            return _file.TryReadAt(buffer, offset, _threads.MayWait, out count);
        }
        catch (SystemCallException failure)
        {
            throw DiskFailure.Of(failure);
        }
    }
}
