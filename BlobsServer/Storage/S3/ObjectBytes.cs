namespace BlobsServer.Storage.S3;

/// <summary>Reads what is being downloaded, with patience for each piece.</summary>
internal static class ObjectBytes
{
    /// <summary>As many as fit.</summary>
    public static async ValueTask ReadExactlyAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0) buffer = buffer[await ReadPieceAsync(stream, buffer, cancellationToken)..];
    }

    /// <summary>How many came: one at least, for nobody asks for more than there should be.</summary>
    public static async ValueTask<int> ReadPieceAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Bucket.Patience);
        try
        {
            var count = await stream.ReadAsync(buffer, patience.Token);
            return count > 0 ? count : throw new StoreException(StoreFailure.Unavailable, "S3: an object was cut short");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw S3Failure.Of(new TimeoutException($"nothing came for {Bucket.Patience.TotalSeconds} s"), isChange: false);
        }
        catch (Exception failure) when (S3Failure.IsOne(failure))
        {
            throw S3Failure.Of(failure, isChange: false);
        }
    }
}
