using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Stickers.Signing;

/// <summary>
/// Sixteen bytes and the proof that we wrote them (HMAC-SHA256, the first 16 bytes of it), as 43 letters that need no escape in a
/// form, a cookie or a URL (RFC 4648 section 5). What was sealed for one purpose opens for no other.
/// </summary>
internal sealed class Seal(byte[] key)
{
    public const int KeyBytes = 32;
    public const int Letters = 43;

    private const int ContentBytes = 16;
    private const int ProofBytes = 16;

    /// <param name="purpose">Letters that say what it is for.</param>
    /// <param name="content">Anybody can read it; nobody else can change it.</param>
    /// <param name="letters">Room for <see cref="Letters"/>.</param>
    public void Write(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> content, Span<byte> letters)
    {
        Span<byte> signed = stackalloc byte[ContentBytes + ProofBytes];
        content.CopyTo(signed);
        Prove(purpose, content, signed[ContentBytes..]);
        Base64Url.EncodeToUtf8(signed, letters);
    }

    /// <returns>Whether we wrote it, for this purpose; its content is then in <paramref name="content"/>, 16 bytes.</returns>
    public bool TryRead(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> letters, Span<byte> content)
    {
        Span<byte> signed = stackalloc byte[ContentBytes + ProofBytes];
        // One token has one spelling: where the last letter's spare bits are not zeros it is not valid.
        if (letters.Length != Letters || Base64Url.DecodeFromUtf8(letters, signed, out _, out var bytes) != OperationStatus.Done)
            return false;
        if (bytes != signed.Length) return false;
        Span<byte> proof = stackalloc byte[ProofBytes];
        Prove(purpose, signed[..ContentBytes], proof);
        if (!CryptographicOperations.FixedTimeEquals(proof, signed[ContentBytes..])) return false;
        signed[..ContentBytes].CopyTo(content);
        return true;
    }

    private void Prove(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> content, Span<byte> proof)
    {
        // A purpose has at most 16 letters; those that are missing are zeros.
        Span<byte> message = stackalloc byte[ContentBytes + ContentBytes];
        message.Clear();
        purpose.CopyTo(message);
        content.CopyTo(message[ContentBytes..]);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, message, whole);
        whole[..ProofBytes].CopyTo(proof);
    }
}
