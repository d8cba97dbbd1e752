using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stickers.Signing;

/// <summary>
/// Sessions live in the visitor's cookie, signed, and nowhere else: any process reads them and none asks the store. A cookie that
/// we didn't sign is no session, whatever it says.
/// </summary>
internal sealed class Sessions(Seal seal)
{
    private const string Cookie = "session";
    private const string Attributes = "; Path=/; HttpOnly; SameSite=Lax";
    private const int ContentBytes = 16;
    private const int VotesAt = 12;

    private static ReadOnlySpan<byte> Purpose => "session"u8;

    /// <summary>Null for a visitor without one that is ours.</summary>
    public Session? Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Cookie, out var value) || value.Length != Seal.Letters) return null;
        Span<byte> letters = stackalloc byte[Seal.Letters * 3];
        Span<byte> content = stackalloc byte[ContentBytes];
        var length = Encoding.UTF8.GetBytes(value, letters);
        if (!seal.TryRead(Purpose, letters[..length], content)) return null;
        var votes = BinaryPrimitives.ReadUInt32BigEndian(content[VotesAt..]);
        content[VotesAt..].Clear();
        return new Session(BinaryPrimitives.ReadUInt128BigEndian(content), votes);
    }

    /// <summary>For somebody who is here for the first time.</summary>
    public static Session Begin()
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        content.Clear();
        RandomNumberGenerator.Fill(content[..VotesAt]);
        return new Session(BinaryPrimitives.ReadUInt128BigEndian(content), Votes: 0);
    }

    public void Write(HttpContext http, Session session)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        BinaryPrimitives.WriteUInt128BigEndian(content, session.Visitor);
        BinaryPrimitives.WriteUInt32BigEndian(content[VotesAt..], session.Votes);
        Span<byte> letters = stackalloc byte[Seal.Letters];
        seal.Write(Purpose, content, letters);
        http.Response.Headers.SetCookie = $"{Cookie}={Encoding.ASCII.GetString(letters)}{Attributes}";
    }
}
