using System.Security.Cryptography;
using BlobsServer.Storage;
using Microsoft.Extensions.Primitives;

namespace BlobsServer.Endpoints;

/// <summary>
/// The digests that a PUT carries: Content-Digest and Repr-Digest (RFC 9530; sha-256 and sha-512, others are ignored as it
/// says) and Content-MD5 (RFC 1864). Bodies are stored as they come, so content and representation are the same bytes.
/// </summary>
internal static class DigestHeaders
{
    /// <summary>The digests to check, or the header that can't be understood.</summary>
    public static (ExpectedDigest[] Digests, string? BadHeader) Parse(IHeaderDictionary headers)
    {
        if (!headers.ContainsKey("Content-Digest") && !headers.ContainsKey("Repr-Digest") && headers.ContentMD5.Count == 0)
        {
            return ([], null);
        }
        var digests = new List<ExpectedDigest>();
        var badHeader = ParseFields("Content-Digest", headers["Content-Digest"], digests)
            ?? ParseFields("Repr-Digest", headers["Repr-Digest"], digests)
            ?? ParseMd5(headers.ContentMD5, digests);
        return badHeader is null ? ([.. digests], null) : ([], badHeader);
    }

    /// <summary>A dictionary of byte sequences (RFC 8941): sha-256=:BASE64:, sha-512=:BASE64:.</summary>
    private static string? ParseFields(string header, StringValues fields, List<ExpectedDigest> digests)
    {
        foreach (var member in fields.SelectMany(field => (field ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            var equals = member.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return header;
            var (algorithm, bytes) = member[..equals] switch
            {
                "sha-256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
                "sha-512" => (HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
                _ => default,
            };
            if (bytes == 0) continue;
            var value = member[(equals + 1)..];
            if (value.Length < 2 || value[0] != ':' || value[^1] != ':') return header;
            if (Decode(value[1..^1], bytes) is not { } expected) return header;
            digests.Add(new ExpectedDigest(header, algorithm, expected));
        }

        return null;
    }

    private static string? ParseMd5(StringValues field, List<ExpectedDigest> digests)
    {
        if (field.Count == 0) return null;
        if (Decode(field.ToString(), MD5.HashSizeInBytes) is not { } expected) return "Content-MD5";
        digests.Add(new ExpectedDigest("Content-MD5", HashAlgorithmName.MD5, expected));
        return null;
    }

    private static byte[]? Decode(string base64, int wantedBytes)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length == wantedBytes ? bytes[..length] : null;
    }
}
