using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dialogs.Tokens;

/// <summary>
/// Tells who sends a token (RFC 7519): one that is signed with our key by HS256 and nothing else, has not expired, and names a
/// user. Whatever the token says of its own algorithm, only ours is tried (RFC 8725 section 3.1).
/// </summary>
internal sealed class TokenReader(byte[] key)
{
    private const string Scheme = "Bearer ";

    // Clocks of those who issue tokens and of those who read them are not the same.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new();

    private readonly TokenValidationParameters _rules = new()
    {
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKey = new SymmetricSecurityKey(key),
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateLifetime = true,
        ClockSkew = ClockSkew,
        ValidateIssuer = false, // whoever has the key
        ValidateAudience = false,
    };

    /// <param name="authorization">The header: the token, with or without "Bearer " before it; null when there is none.</param>
    /// <returns>The user; null when the token is not worth anything.</returns>
    public async ValueTask<Guid?> ReadAsync(string? authorization)
    {
        if (string.IsNullOrEmpty(authorization)) return null;
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization[Scheme.Length..]
            : authorization;
        var read = await _handler.ValidateTokenAsync(token, _rules);
        if (!read.IsValid) return null;
        return Guid.TryParseExact(((JsonWebToken)read.SecurityToken).Subject, "D", out var user) ? user : null;
    }
}
