using System.Security.Cryptography;
using System.Text;
using BlobsServer.Storage;

namespace BlobsServer.Security;

/// <summary>Which tokens each user has. Kept and compared as hashes of one length, in constant time.</summary>
internal sealed class TokenList
{
    // Compared against for users that nobody knows, so that asking for one takes as long as for another.
    private static readonly byte[] NobodysHash = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    private readonly Dictionary<string, List<byte[]>> _hashes;

    private TokenList(Dictionary<string, List<byte[]>> hashes) => _hashes = hashes;

    /// <summary>Whether nobody has any.</summary>
    public bool IsEmpty => _hashes.Count == 0;

    /// <summary>Reads lines "user:token"; empty lines and those that start with # are skipped. A user may have several.</summary>
    /// <exception cref="FormatException">A line is none of these; the message says which.</exception>
    public static TokenList Parse(IEnumerable<string> lines)
    {
        var hashes = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || colon == line.Length - 1 || !BlobName.IsName(line.AsSpan(0, colon)))
            {
                throw new FormatException($"line {number} is not user:token");
            }

            if (!hashes.TryGetValue(line[..colon], out var ofUser)) hashes[line[..colon]] = ofUser = [];
            ofUser.Add(Hash(line[(colon + 1)..]));
        }

        return new TokenList(hashes);
    }

    public bool IsValid(string user, string token)
    {
        var given = Hash(token);
        var isKnown = _hashes.TryGetValue(user, out var hashes);
        var isValid = false;
        foreach (var hash in hashes ?? [NobodysHash]) isValid |= CryptographicOperations.FixedTimeEquals(hash, given);
        return isKnown && isValid;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
