using System.IO.Pipelines;
using Amazon.S3.Model;

namespace BlobsServer.Storage.S3;

/// <summary>
/// A blob that is too large for memory. Read from its start it comes from the GET that opened it, which a DELETE does not end;
/// a part of it comes by a GET of its own.
/// </summary>
internal sealed class StreamedObject(Bucket bucket, string key, StoredObject found, GetObjectResponse whole) : IOpenBlob
{
    private const int PieceBytes = 128 * 1024;

    private GetObjectResponse? _whole = whole;

    public StoredBlob Info => found.Blob;

    public async ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken)
    {
        var isWhole = offset == 0 && length == Info.SizeBytes;
        using var response = Interlocked.Exchange(ref _whole, null) is { } opened && (isWhole || Close(opened))
            ? opened
            : await GetPartAsync(offset, length, cancellationToken);
        var done = 0L;
        while (done < length)
        {
            var wanted = (int)Math.Min(PieceBytes, length - done);
            var count =
                await ObjectBytes.ReadPieceAsync(response.ResponseStream, writer.GetMemory(wanted)[..wanted], cancellationToken);
            writer.Advance(count);
            done += count;
            if ((await writer.FlushAsync(cancellationToken)).IsCompleted) break;
        }

        return done;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _whole, null)?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool Close(GetObjectResponse unwanted)
    {
        unwanted.Dispose();
        return false;
    }

    private async ValueTask<GetObjectResponse> GetPartAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket.Name,
            Key = key,
            EtagToMatch = found.ObjectETag,
            ByteRange = new ByteRange(offset, offset + length - 1),
        };
        return await BlobDownload.GetAsync(bucket, request, cancellationToken)
            ?? throw new StoreException(StoreFailure.Unavailable, "S3: a blob was deleted when a part of it was asked for");
    }
}
