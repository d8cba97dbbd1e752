using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace BlobsServer.Storage.S3;

/// <summary>What a failure of S3 means to those who know nothing of buckets.</summary>
internal static class S3Failure
{
    /// <summary>Whether it is a failure of S3 or of the way to it, and not of ours.</summary>
    public static bool IsOne(Exception failure) =>
        failure is AmazonServiceException or AmazonClientException or HttpRequestException or IOException and not StoreException or TimeoutException;

    /// <param name="failure">One of those.</param>
    /// <param name="isChange">Whether a change was asked for, so that it may have been made although no answer came.</param>
    public static StoreException Of(Exception failure, bool isChange)
    {
        var unknown = isChange && !WasNeverSent(failure) ? StoreFailure.Lost : StoreFailure.Unavailable;
        var kind = failure is AmazonS3Exception { StatusCode: not 0 } refused ? Kind(refused, unknown) : unknown;
        var reason = (failure.InnerException ?? failure).Message.ReplaceLineEndings(" ");
        return new StoreException(kind, $"S3: {reason}", failure);
    }

    private static StoreFailure Kind(AmazonS3Exception refused, StoreFailure unknown) => refused switch
    {
        { ErrorCode: "QuotaExceeded" or "InsufficientCapacity" } or { StatusCode: HttpStatusCode.InsufficientStorage } =>
            StoreFailure.Full,
        { ErrorCode: "SlowDown" or "ServiceUnavailable" or "TooManyRequests" or "ConditionalRequestConflict" } =>
            StoreFailure.Busy,
        { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout } => unknown,
        _ => StoreFailure.Broken,
    };

    /// <summary>No connection could be made.</summary>
    private static bool WasNeverSent(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }) return true;
        }

        return false;
    }
}
