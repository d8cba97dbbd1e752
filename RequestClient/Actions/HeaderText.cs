namespace RequestClient.Actions;

/// <summary>A header field that a person adds to requests: NAME: VALUE.</summary>
internal static class HeaderText
{
    public const string Form = "'NAME: VALUE', and no Content-Length, Host or Connection";

    /// <summary>Whether it is a field that leaves the framing and the target alone.</summary>
    public static bool IsRight(string header) =>
        header.Split(':', 2) is [{ Length: > 0 } name, _]
        && header.All(letter => letter is >= ' ' and <= '~')
        && !name.Contains(' ', StringComparison.Ordinal)
        && name.ToUpperInvariant() is not ("CONTENT-LENGTH" or "TRANSFER-ENCODING" or "HOST" or "CONNECTION" or "EXPECT");

    public static bool IsOf(string header, string name) => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);
}
