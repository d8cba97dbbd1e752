namespace BlobsServer.Storage;

/// <summary>The entity tags that a condition names (RFC 9110, 13.1).</summary>
/// <param name="Any">It was "*".</param>
/// <param name="Tags">With their quotes, and with the W/ of weak ones.</param>
internal sealed record EntityTags(bool Any, IReadOnlyList<string> Tags)
{
    private const string Weak = "W/";

    /// <summary>Strong comparison: a weak tag matches nothing.</summary>
    public bool Match(string eTag) => Any || Tags.Contains(eTag);

    /// <summary>Weak comparison.</summary>
    public bool MatchWeakly(string eTag) =>
        Any || Tags.Any(tag => (tag.StartsWith(Weak, StringComparison.Ordinal) ? tag[Weak.Length..] : tag) == eTag);
}
