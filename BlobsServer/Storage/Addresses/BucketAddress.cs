using System.Text.RegularExpressions;
using System.Web;

namespace BlobsServer.Storage.Addresses;

/// <summary>
/// s3://BUCKET[?endpoint=URL][&amp;region=NAME][&amp;credentials=FILE]. Keys are never part of it: a command line is read by
/// everybody on the machine.
/// </summary>
internal sealed partial record BucketAddress : StoreAddress
{
    public required string Bucket { get; init; }

    /// <summary>Whose S3; null for Amazon's own, in the region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Null when it is not said: AWS_REGION, or us-east-1.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// A file as ~/.aws/credentials is; null for the usual places: the environment, that file, the machine's role.
    /// </summary>
    public string? CredentialsFile { get; init; }

    /// <returns>Null when it is no such address; then <paramref name="problem"/> says why.</returns>
    public static BucketAddress? Parse(string text, Uri uri, out string? problem)
    {
        problem = null;
        var query = HttpUtility.ParseQueryString(uri.Query);
        if (!BucketName().IsMatch(uri.Host))
            problem = $"'{uri.Host}' is no name of a bucket: give s3://BUCKET, 3 to 63 of a-z, 0-9, . and -.";
        else if (uri.UserInfo.Length > 0) problem = "keys do not belong in the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or add credentials=FILE.";
        else if (uri.AbsolutePath.Trim('/').Length > 0) problem = $"'{text}' has a path: a bucket is used as a whole.";
        else if (query.AllKeys.FirstOrDefault(key => key is not ("endpoint" or "region" or "credentials")) is { } unknown)
            problem = $"'{unknown}' is not known in '{text}': endpoint, region and credentials are.";
        else if (query["endpoint"] is { } where && !(Uri.TryCreate(where, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            problem = $"'{where}' is no endpoint: give http://HOST:PORT or https://HOST.";
        return problem is not null ? null : new BucketAddress
        {
            Bucket = uri.Host,
            Endpoint = query["endpoint"] is { } endpoint ? new Uri(endpoint) : null,
            Region = query["region"],
            CredentialsFile = query["credentials"],
        };
    }

    public override string ToString() => Endpoint is null ? $"s3://{Bucket}" : $"s3://{Bucket} at {Endpoint}";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
