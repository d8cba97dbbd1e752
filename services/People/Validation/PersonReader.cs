using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace People.Validation;

/// <summary>
/// Reads a person from JSON. What is wrong with the JSON or its types outranks what is wrong with a value, wherever it
/// stands, so a value's fault is only noted until all was read. Unknown fields mean nothing; of two fields of one name the
/// last one holds, as in JavaScript.
/// </summary>
internal ref struct PersonReader
{
    private readonly PersonNames _names;
    private Utf8JsonReader _json;
    private string? _nickname;
    private string? _fullName;
    private string? _born;
    private string[]? _stack;

    private PersonReader(ReadOnlySpan<byte> body, PersonNames names)
    {
        _names = names;
        _json = new Utf8JsonReader(body);
    }

    public static PersonReading Read(ReadOnlySpan<byte> body, PersonNames names)
    {
        // Utf8JsonReader looks into a string only when it is asked for it.
        if (!Utf8.IsValid(body)) return PersonReading.Malformed("the body is not UTF-8");
        try
        {
            var reader = new PersonReader(body, names);
            return reader.ReadFields() is { } problem ? PersonReading.Malformed(problem) : reader.Judge();
        }
        catch (JsonException failure)
        {
            return PersonReading.Malformed(
                $"the body is not JSON: byte {failure.BytePositionInLine} of line {failure.LineNumber + 1} is wrong");
        }
        catch (InvalidOperationException)
        {
            return PersonReading.Malformed("the body holds half of a surrogate pair, which is no text");
        }
    }

    /// <summary>Why the body is malformed; null when it is not.</summary>
    private string? ReadFields()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject) return "the body must be a JSON object";
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var problem = _json.ValueTextEquals(_names.Nickname) ? ReadText(_names.Nickname, out _nickname)
                : _json.ValueTextEquals(_names.FullName) ? ReadText(_names.FullName, out _fullName)
                : _json.ValueTextEquals(_names.Born) ? ReadText(_names.Born, out _born)
                : _json.ValueTextEquals(PersonNames.Stack) ? ReadStack()
                : Skip();
            if (problem is not null) return problem;
        }

        // Only white space may follow; anything else throws.
        _json.Read();
        return null;
    }

    private string? Skip()
    {
        _json.Skip();
        return null;
    }

    private string? ReadText(string name, out string? text)
    {
        _json.Read();
        text = null;
        switch (_json.TokenType)
        {
            case JsonTokenType.String:
                text = _json.GetString();
                return null;
            case JsonTokenType.Null:
                return null;
            default:
                return $"{name} must be a string";
        }
    }

    private string? ReadStack()
    {
        _json.Read();
        _stack = null;
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.StartArray) return $"{PersonNames.Stack} must be null or an array of strings";
        var elements = new List<string>();
        while (_json.Read() && _json.TokenType == JsonTokenType.String) elements.Add(_json.GetString()!);
        if (_json.TokenType != JsonTokenType.EndArray) return $"{PersonNames.Stack}'s elements must be strings";
        _stack = [.. elements];
        return null;
    }

    private readonly PersonReading Judge()
    {
        var problem = Fault(_names.Nickname, _nickname, Person.MostNicknameLetters)
            ?? Fault(_names.FullName, _fullName, Person.MostFullNameLetters)
            ?? (_born is null ? $"{_names.Born} is missing" : null);
        if (problem is not null) return PersonReading.Unacceptable(problem);
        if (!DateOnly.TryParseExact(_born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
            return PersonReading.Unacceptable($"{_names.Born} must be a date that there is, as YYYY-MM-DD");
        foreach (var element in _stack ?? [])
        {
            if (Fault($"an element of {PersonNames.Stack}", element, Person.MostStackElementLetters) is { } fault)
                return PersonReading.Unacceptable(fault);
        }

        return PersonReading.Of(new Person
        {
            Id = Guid.CreateVersion7(),
            Nickname = _nickname!,
            FullName = _fullName!,
            Born = born,
            Stack = _stack,
        });
    }

    private static string? Fault(string name, string? text, int mostLetters)
    {
        if (text is null) return $"{name} is missing";
        if (text.Contains('\0', StringComparison.Ordinal)) return $"{name} holds U+0000, which can't be stored";
        // A text of so few UTF-16 units has no more letters.
        if (text.Length <= mostLetters) return null;
        var letters = 0;
        foreach (var _ in text.EnumerateRunes()) letters++;
        return letters <= mostLetters ? null : $"{name} has {letters} letters, {mostLetters} are the most";
    }
}
