namespace BlobsServer.Endpoints;

/// <summary>The query string, decoded only where it is asked for. Of a key given twice the first value counts.</summary>
internal readonly record struct QueryValues(string Raw)
{
    /// <summary>The value of a key; null when the key isn't there.</summary>
    public string? this[string key]
    {
        get
        {
            foreach (var range in Raw.AsSpan().Split('&'))
            {
                var pair = Raw.AsSpan(range);
                var equals = pair.IndexOf('=');
                var found = equals < 0 ? pair : pair[..equals];
                if (found.SequenceEqual(key)) return equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            }

            return null;
        }
    }

    /// <summary>Soledad's clients send Python's True; any value but an empty one, 0 and false is a yes.</summary>
    public bool IsSet(string key) =>
        this[key] is { Length: > 0 } value && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static string Decode(ReadOnlySpan<char> text)
    {
        var decoded = text.Contains('+') ? text.ToString().Replace('+', ' ') : text.ToString();
        return decoded.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(decoded) : decoded;
    }
}
