using System.Text;

namespace RequestClient.Http;

/// <summary>Looks for a field among the lines of a head that was found to be well-formed.</summary>
internal static class ReplyFields
{
    /// <summary>The value of the first field of that name.</summary>
    /// <param name="lines">From the status line to the end of the last field line, its line end included.</param>
    /// <param name="name">The field's, in any case.</param>
    /// <param name="value">Without white space around it.</param>
    public static bool TryFind(ReadOnlySpan<byte> lines, string name, out ReadOnlySpan<byte> value)
    {
        value = default;
        while (lines.IndexOf((byte)'\n') is >= 0 and var end)
        {
            lines = lines[(end + 1)..];
            if (lines.Length <= name.Length || lines[name.Length] != ':' || !Ascii.EqualsIgnoreCase(lines[..name.Length], name))
                continue;
            value = lines[(name.Length + 1)..lines.IndexOf((byte)'\n')].Trim(" \t\r"u8);
            return true;
        }

        return false;
    }

    /// <summary>Whether a field's value is where something is (RFC 9110 sections 8.7 and 10.2.2).</summary>
    public static bool IsAddress(string name) =>
        name.Equals("Location", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Content-Location", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// An address without scheme and host: requests go to the server under load, whatever name it gives itself.
    /// </summary>
    public static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> address)
    {
        var scheme = address.IndexOf("://"u8);
        if (scheme < 0 || address[..scheme].Contains((byte)'/')) return address;
        var path = address[(scheme + 3)..].IndexOf((byte)'/');
        return path < 0 ? "/"u8 : address[(scheme + 3 + path)..];
    }
}
