using System.Web;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.S3;
using Amazon.S3.Model;

namespace BareStore;

/// <summary>A bucket by Amazon's own client, told no more than it must be.</summary>
internal sealed class S3Bucket : IBareStore
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    public S3Bucket(Uri url)
    {
        var query = HttpUtility.ParseQueryString(url.Query);
        var file = new SharedCredentialsFile(query["credentials"]);
        if (!file.TryGetProfile("default", out var profile)) throw new IOException($"{query["credentials"]} has no [default]");
        _bucket = url.Host;
        _client = new AmazonS3Client(profile.GetAWSCredentials(file), new AmazonS3Config
        {
            ServiceURL = query["endpoint"],
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public Task PrepareAsync() => _client.PutBucketAsync(_bucket);

    public Task PutAsync(string id, byte[] body) => _client.PutObjectAsync(
        new PutObjectRequest { BucketName = _bucket, Key = id, InputStream = new MemoryStream(body), IfNoneMatch = "*" });

    public async Task<int> GetAsync(string id)
    {
        using var response = await _client.GetObjectAsync(_bucket, id);
        using var body = new MemoryStream();
        await response.ResponseStream.CopyToAsync(body);
        return (int)body.Length;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
