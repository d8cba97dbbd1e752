using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>The names in a request: decoded, and nothing but names.</summary>
internal static class Names
{
    private const int MaxShown = 60;

    /// <summary>The name that a path segment means; null when it is none.</summary>
    public static string? Decode(ReadOnlySpan<char> segment)
    {
        if (BlobName.IsName(segment)) return segment.ToString();
        if (!segment.Contains('%')) return null;
        var decoded = Uri.UnescapeDataString(segment);
        return BlobName.IsName(decoded) ? decoded : null;
    }

    /// <summary>An absent or empty namespace is "default"; null when it is no name.</summary>
    public static string? Namespace(QueryValues query)
    {
        if (query.Raw.Length == 0 || query["namespace"] is not { Length: > 0 } given) return BlobName.DefaultNamespace;
        return BlobName.IsName(given) ? given : null;
    }

    /// <summary>400, saying which part of the request is no name.</summary>
    public static Task RefuseAsync(HttpContext http, string part, ReadOnlySpan<char> given)
    {
        var shown = given.Length <= MaxShown ? given.ToString() : $"{given[..MaxShown]}...";
        var title = $"The {part} '{shown}' is no name: use 1 to 200 of the characters A-Z a-z 0-9 _ and -.";
        return Problem.WriteAsync(http, 400, title, ("part", part));
    }
}
