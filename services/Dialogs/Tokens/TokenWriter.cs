using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dialogs.Tokens;

/// <summary>Signs tokens (RFC 7519) by HS256.</summary>
internal sealed class TokenWriter(byte[] key)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);

    public string Write(Guid user, DateTimeOffset expiresAt) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = user.ToString() },
        Expires = expiresAt.UtcDateTime,
        SigningCredentials = _credentials,
    });
}
