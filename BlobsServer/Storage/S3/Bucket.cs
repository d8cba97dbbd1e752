using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.S3;
using Amazon.S3.Model;
using BlobsServer.Storage.Addresses;
using BlobsServer.Storage.Remote;

namespace BlobsServer.Storage.S3;

/// <summary>A bucket, and what every call to it has in common: patience by size, and failures that become a store's.</summary>
internal sealed class Bucket : IDisposable
{
    private const string UsualRegion = "us-east-1";

    // A gateway that says nothing for so long is as good as away.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private const double LeastBytesPerSecond = 2 * 1024 * 1024;

    private readonly AmazonS3Client _client;

    public Bucket(BucketAddress address)
    {
        Name = address.Bucket;
        var config = new AmazonS3Config
        {
            HttpClientFactory = new GatewayConnections(),
            // Whoever asks knows what may be asked twice, and must hear of an answer that was lost.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ForcePathStyle = address.Endpoint is not null,
            // Newer checksums are optional, and Ceph takes requests with them for malformed.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = address.Region ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? UsualRegion;
        if (address.Endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else (config.ServiceURL, config.AuthenticationRegion) = (address.Endpoint.ToString(), region);
        _client = address.CredentialsFile is null
            ? new AmazonS3Client(config)
            : new AmazonS3Client(ReadCredentials(address.CredentialsFile), config);
    }

    public string Name { get; }

    /// <summary>Asks something that changes nothing; asked again when a connection turns out to be dead.</summary>
    public ValueTask<T> ReadAsync<T>(
        Func<AmazonS3Client, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        SecondTry.RunAsync(() => CallAsync(read, isChange: false, 0, cancellationToken));

    /// <summary>Asks for a change, once: when no answer comes it is not known whether.</summary>
    public ValueTask<T> ChangeAsync<T>(
        Func<AmazonS3Client, CancellationToken, Task<T>> change, CancellationToken cancellationToken, long sizeBytes = 0) =>
        CallAsync(change, isChange: true, sizeBytes, cancellationToken);

    /// <summary>An object without its bytes; null when there is none.</summary>
    public ValueTask<StoredObject?> FindAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync(
            async (client, patience) =>
            {
                try
                {
                    var head = await client.GetObjectMetadataAsync(
                        new GetObjectMetadataRequest { BucketName = Name, Key = key }, patience);
                    return StoredObject.Of(head.Metadata, head.ContentLength, head.ETag);
                }
                catch (AmazonS3Exception failure) when (IsMissing(failure))
                {
                    return null;
                }
            },
            cancellationToken);

    /// <summary>Whether the object, and not the bucket, is what is missing.</summary>
    public static bool IsMissing(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.NotFound && failure.ErrorCode != "NoSuchBucket";

    public static bool IsTaken(AmazonS3Exception failure) => failure.StatusCode == HttpStatusCode.PreconditionFailed;

    public void Dispose() => _client.Dispose();

    private async ValueTask<T> CallAsync<T>(
        Func<AmazonS3Client, CancellationToken, Task<T>> call, bool isChange, long sizeBytes, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var most = Patience + TimeSpan.FromSeconds(sizeBytes / LeastBytesPerSecond);
        patience.CancelAfter(most);
        try
        {
            return await call(_client, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw S3Failure.Of(new TimeoutException($"no answer for {most.TotalSeconds:0} s"), isChange);
        }
        catch (Exception failure) when (S3Failure.IsOne(failure))
        {
            throw S3Failure.Of(failure, isChange);
        }
    }

    private static AWSCredentials ReadCredentials(string path)
    {
        var file = new SharedCredentialsFile(path);
        return file.TryGetProfile(SharedCredentialsFile.DefaultProfileName, out var profile) && profile.CanCreateAWSCredentials
            ? profile.GetAWSCredentials(file)
            : throw new StoreException(
                StoreFailure.Broken, $"{path} has no [default] with aws_access_key_id and aws_secret_access_key");
    }
}
