using BlobsServer.Storage;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BlobsServer.Endpoints;

/// <summary>Conditional requests (RFC 9110, 13).</summary>
internal static class Preconditions
{
    /// <summary>If-Match, or without it If-Unmodified-Since: the client means another blob than this one.</summary>
    public static bool HasFailed(IHeaderDictionary headers, StoredBlob blob)
    {
        if (Parse(headers.IfMatch) is { } ifMatch) return !ifMatch.Match(blob.ETag);
        return headers.IfUnmodifiedSince.Count > 0
            && HeaderUtilities.TryParseDate(headers.IfUnmodifiedSince.ToString(), out var since)
            && Seconds(blob.LastModified) > Seconds(since);
    }

    /// <summary>If-None-Match, or without it If-Modified-Since: the client has these bytes already.</summary>
    public static bool IsNotModified(IHeaderDictionary headers, StoredBlob blob)
    {
        if (Parse(headers.IfNoneMatch) is { } ifNoneMatch) return ifNoneMatch.MatchWeakly(blob.ETag);
        return headers.IfModifiedSince.Count > 0
            && HeaderUtilities.TryParseDate(headers.IfModifiedSince.ToString(), out var since)
            && Seconds(blob.LastModified) <= Seconds(since);
    }

    /// <summary>If-Range: the rest is only wanted when the client's part is of this very blob.</summary>
    public static bool AllowRange(IHeaderDictionary headers, StoredBlob blob)
    {
        if (headers.IfRange.Count == 0) return true;
        var validator = headers.IfRange.ToString();
        return validator == blob.ETag
            || (HeaderUtilities.TryParseDate(validator, out var date) && Seconds(date) == Seconds(blob.LastModified));
    }

    /// <summary>What If-Match or If-None-Match names; null when there is no such header.</summary>
    public static EntityTags? Parse(StringValues lists)
    {
        if (lists.Count == 0) return null;
        // Those that we give have no comma inside.
        var tags = lists.SelectMany(list => (list ?? "").Split(',', StringSplitOptions.TrimEntries)).ToArray();
        return new EntityTags(tags.Contains("*"), tags);
    }

    public static Task RefuseAsync(HttpContext http, string title) =>
        Problem.WriteAsync(
            http, 412, title, ("part", http.Request.Headers.IfMatch.Count > 0 ? "If-Match" : "If-Unmodified-Since"));

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
