using System.Net.Http.Headers;
using System.Text;

namespace BlobsServer.Security;

/// <summary>
/// Who may touch which user's blobs. Decided before anything is looked up, so that refusals say nothing of what exists.
/// </summary>
internal sealed class Access(TokenFile? file)
{
    private const string Scheme = "Token";

    /// <summary>Whether requests have to prove who they are.</summary>
    public bool IsRequired => file is not null;

    /// <summary>The user that an Authorization header proves; null when it proves none.</summary>
    public string? Authenticate(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)) return null;
        if (!header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase) || header.Parameter is null) return null;
        var bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out var length)) return null;
        var credentials = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        var user = credentials[..colon];
        return file!.Tokens.IsValid(user, credentials[(colon + 1)..]) ? user : null;
    }
}
