using System.Text.Json;
using Dialogs.Messages;

namespace Dialogs.Endpoints;

/// <summary>
/// What the body of a send says, or why it is none. Unknown fields mean nothing; of two fields of one name the last one holds,
/// as in JavaScript. Which fields there must be, those who ask for them say.
/// </summary>
internal sealed record SendBody
{
    // The longest text is some thousand words, and a page holds many of them.
    public const int MostBytes = 64 * 1024;

    private const byte ContinuationMask = 0xc0;
    private const byte Continuation = 0x80;

    /// <summary>In UTF-8; null when there is none, or an empty one.</summary>
    public byte[]? Text { get; private init; }

    /// <summary>In UTF-8; null when there is none.</summary>
    public byte[]? MessageId { get; private init; }

    /// <summary>Null when it is none.</summary>
    public Guid? From { get; private init; }

    /// <summary>Null when it is none.</summary>
    public Guid? To { get; private init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem { get; private init; }

    public static SendBody Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            json.Read();
            return json.TokenType == JsonTokenType.StartObject ? ReadFields(ref json) : Wrong("the body must be a JSON object");
        }
        catch (JsonException failure)
        {
            return Wrong($"the body is not JSON: byte {failure.BytePositionInLine} of line {failure.LineNumber + 1} is wrong");
        }
        catch (InvalidOperationException)
        {
            return Wrong("the body holds what is no UTF-8, or half of a surrogate pair");
        }
    }

    private static SendBody ReadFields(ref Utf8JsonReader json)
    {
        var body = new SendBody();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (name is not ("text" or "message_id" or "from_user" or "to_user"))
            {
                json.Skip();
                continue;
            }

            if (json.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) return Wrong($"{name} must be a string");
            body = name switch
            {
                "text" => body with { Text = ReadText(ref json) is { Length: > 0 } text ? text : null },
                "message_id" => body with { MessageId = ReadText(ref json) },
                "from_user" => body with { From = ReadUser(ref json) },
                _ => body with { To = ReadUser(ref json) },
            };
        }

        json.Read(); // only white space may follow; anything else throws
        var letters = body.MessageId?.Count(part => (part & ContinuationMask) != Continuation) ?? 1;
        return letters is >= 1 and <= Draft.MostMessageIdLetters
            ? body
            : Wrong($"message_id has {letters} letters: give 1 to {Draft.MostMessageIdLetters}, or none at all");
    }

    private static byte[]? ReadText(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        var text = new byte[json.ValueSpan.Length]; // escaped it is at least as long
        return text[..json.CopyString(text)];
    }

    private static Guid? ReadUser(ref Utf8JsonReader json) =>
        Guid.TryParseExact(json.GetString(), "D", out var user) ? user : null;

    private static SendBody Wrong(string problem) => new() { Problem = problem };
}
