using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using BlobsServer.Storage.Remote;

namespace BlobsServer.Storage.S3;

/// <summary>
/// Storing a blob, as one story. If-None-Match: * lets one of those who race for a name in. An object is there when all of it
/// has come, or not at all.
/// </summary>
internal sealed class BlobUpload(Bucket bucket, UnnamedFiles files, long maxBlobBytes, TimeProvider time)
{
    /// <summary>How often a PUT is sent again that met another of its name under way.</summary>
    private const int MaxConflicts = 50;

    private static readonly TimeSpan ConflictPause = TimeSpan.FromMilliseconds(20);

    public async ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken)
    {
        // 1. What can be refused before a long body is on the wire, is.
        var key = ObjectKeys.Blob(request.Name);
        if (request.AnnouncedBytes > maxBlobBytes) return new(PutOutcome.TooLarge);
        if (request.IsAwaitingContinue || request.AnnouncedBytes is not <= WholeBody.MaxMemoryBytes)
        {
            if (await bucket.FindAsync(key, cancellationToken) is { } early) return new(PutOutcome.Exists, early.Blob);
        }

        // 2. The whole body, judged: a bucket can't take back what it has taken.
        var (body, refusal) = await WholeBody.ReadAsync(request, maxBlobBytes, files, cancellationToken);
        if (body is null) return refusal;
        await using var held = body;

        // 3. The object. Sent again when an answer is lost at once: what is stored tells whose it is.
        var generation = Generation.Draw();
        var storedAt = new DateTimeOffset(
            time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var blob = Generation.Describe(body.SizeBytes, storedAt, body.Tag, generation);
        var isStored = await SecondTry.RunAsync(() => SendUntilKnownAsync(key, body, blob, generation, cancellationToken));
        if (isStored) return new(PutOutcome.Stored, blob);

        // 4. Somebody has the name. Perhaps we ourselves, when an answer was lost; nobody, when it was deleted at this very
        // moment.
        try
        {
            var found = await bucket.FindAsync(key, cancellationToken);
            return new(found?.Generation == generation ? PutOutcome.Stored : PutOutcome.Exists, found?.Blob);
        }
        catch (StoreException failure)
        {
            throw failure.AfterLostTry();
        }
    }

    /// <summary>False when the name is taken.</summary>
    private async ValueTask<bool> SendUntilKnownAsync(
        string key, WholeBody body, StoredBlob blob, long generation, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            if (await SendAsync(key, body, blob, generation, cancellationToken) is { } isStored) return isStored;
            await Task.Delay(ConflictPause, time, cancellationToken);
        }

        throw new StoreException(StoreFailure.Busy, "S3: others keep writing under this name");
    }

    /// <summary>Null when another PUT of this name is under way, and its end is not known yet.</summary>
    private ValueTask<bool?> SendAsync(
        string key, WholeBody body, StoredBlob blob, long generation, CancellationToken cancellationToken) =>
        bucket.ChangeAsync<bool?>(
            async (client, patience) =>
            {
                await using var stream = body.OpenStream();
                var put = new PutObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    InputStream = stream,
                    AutoCloseStream = false,
                    AutoResetStreamPosition = false,
                    ContentType = "application/octet-stream",
                    IfNoneMatch = "*",
                };
                StoredObject.Describe(put.Metadata, blob, generation);
                try
                {
                    await client.PutObjectAsync(put, patience);
                    return true;
                }
                catch (AmazonS3Exception failure) when (Bucket.IsTaken(failure))
                {
                    return false;
                }
                catch (AmazonS3Exception failure) when (failure.StatusCode == HttpStatusCode.Conflict)
                {
                    return null;
                }
            },
            cancellationToken,
            body.SizeBytes);
}
