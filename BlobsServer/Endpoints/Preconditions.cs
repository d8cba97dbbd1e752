using BlobsServer.Storage;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BlobsServer.Endpoints;

/// <summary>Conditional requests (RFC 9110, 13).</summary>
internal static class Preconditions
{
    /// <summary>If-None-Match, or without it If-Modified-Since: the client has these bytes already.</summary>
    public static bool IsNotModified(IHeaderDictionary headers, StoredBlob blob)
    {
        if (headers.IfNoneMatch.Count > 0) return Matches(headers.IfNoneMatch, blob.ETag, isWeakWelcome: true);
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

    /// <summary>If-Match: one of the entity tags is this one, and none of them weak.</summary>
    public static bool MatchesStrongly(StringValues ifMatch, string eTag) => Matches(ifMatch, eTag, isWeakWelcome: false);

    /// <summary>Whether a list of entity tags names this one; "*" names any. Ours have no comma inside.</summary>
    private static bool Matches(StringValues lists, string eTag, bool isWeakWelcome)
    {
        foreach (var list in lists)
        {
            foreach (var range in list.AsSpan().Split(','))
            {
                var candidate = list.AsSpan(range).Trim();
                if (isWeakWelcome && candidate.StartsWith("W/")) candidate = candidate[2..];
                if (candidate is "*" || candidate.SequenceEqual(eTag)) return true;
            }
        }

        return false;
    }

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
