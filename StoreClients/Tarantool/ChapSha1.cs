using System.Security.Cryptography;
using System.Text;

namespace StoreClients.Tarantool;

/// <summary>
/// Tarantool's proof that one knows a password: it depends on the greeting's salt, and the password is not sent.
/// </summary>
internal static class ChapSha1
{
    private const int GreetingLineBytes = 64;
    private const int SaltCharacters = 44;
    private const int UsedSaltBytes = SHA1.HashSizeInBytes;

    /// <summary>Two lines, padded with spaces; the second begins with the salt in base64.</summary>
    public const int GreetingBytes = 2 * GreetingLineBytes;

    /// <exception cref="MalformedReplyException">This is no greeting of Tarantool's.</exception>
    public static byte[] SaltOf(ReadOnlySpan<byte> greeting)
    {
        var isTarantool = greeting.Length == GreetingBytes && greeting.StartsWith("Tarantool "u8);
        if (!isTarantool) throw new MalformedReplyException("what answers there is no Tarantool");
        try
        {
            var salt = Convert.FromBase64String(Encoding.ASCII.GetString(greeting.Slice(GreetingLineBytes, SaltCharacters)));
            if (salt.Length >= UsedSaltBytes) return salt;
        }
        catch (FormatException)
        {
            // said below
        }

        throw new MalformedReplyException("the greeting has no salt");
    }

#pragma warning disable CA5350 // what the protocol asks for
    /// <summary>sha1(p) xor sha1(salt + sha1(sha1(p))).</summary>
    public static byte[] Scramble(string password, ReadOnlySpan<byte> salt)
    {
        var once = SHA1.HashData(Encoding.UTF8.GetBytes(password));
        var mask = SHA1.HashData([.. salt[..UsedSaltBytes], .. SHA1.HashData(once)]);
        for (var index = 0; index < once.Length; index++) once[index] ^= mask[index];
        return once;
    }
#pragma warning restore CA5350
}
