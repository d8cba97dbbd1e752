using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stickers.Signing;

/// <summary>
/// What a page hands out with each sticker, to vote with it: the sticker, the moment until when, and something that nobody else
/// has. It is signed and kept nowhere, so that showing a page writes nothing; the store remembers those that were spent.
/// </summary>
internal sealed class VoteTokens(Seal seal, TimeProvider time, TimeSpan life)
{
    private const int ContentBytes = 16;
    private const int ExpiresAt = 4;
    private const int UniqueAt = 8;

    // Clocks of machines that share a store may differ; what may still be good somewhere must not be forgotten.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private static ReadOnlySpan<byte> Purpose => "vote"u8;

    /// <summary>Spent tokens that expired before this moment need not be remembered.</summary>
    public long ForgottenUnixSeconds => (time.GetUtcNow() - Remembered).ToUnixTimeSeconds();

    /// <param name="stickerId">The sticker that may be voted for or against.</param>
    /// <param name="letters">Room for <see cref="Seal.Letters"/>.</param>
    public void Write(int stickerId, Span<byte> letters)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        BinaryPrimitives.WriteInt32BigEndian(content, stickerId);
        BinaryPrimitives.WriteUInt32BigEndian(content[ExpiresAt..], (uint)(time.GetUtcNow() + life).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(content[UniqueAt..]);
        // As a UUID it has the variant of RFC 9562 (4.1); Tarantool takes no others than known ones.
        content[UniqueAt] = (byte)((content[UniqueAt] & 0x3f) | 0x80);
        seal.Write(Purpose, content, letters);
    }

    public ReadToken Read(ReadOnlySpan<byte> letters)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        if (letters.IsEmpty) return new ReadToken { State = TokenState.Missing };
        if (!seal.TryRead(Purpose, letters, content)) return new ReadToken { State = TokenState.Forged };
        var expires = BinaryPrimitives.ReadUInt32BigEndian(content[ExpiresAt..]);
        return new ReadToken
        {
            State = time.GetUtcNow().ToUnixTimeSeconds() < expires ? TokenState.Good : TokenState.Expired,
            Id = new Guid(content, bigEndian: true),
            StickerId = BinaryPrimitives.ReadInt32BigEndian(content),
            ExpiresUnixSeconds = expires,
        };
    }
}
