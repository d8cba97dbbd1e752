using System.Text.Json;

namespace BlobsServer.Endpoints;

/// <summary>
/// The elements of a JSON array, one at a time and without a copy of all: a list of a million ids is forty megabytes of
/// strings, and a tenth of a second in one piece.
/// </summary>
internal sealed class JsonElements(ReadOnlyMemory<byte> json)
{
    private JsonReaderState _state;
    private int _offset;
    private bool _isBegun;

    /// <summary>The next "id".</summary>
    public JsonNext NextId(out string id)
    {
        id = "";
        try
        {
            var reader = new Utf8JsonReader(json.Span[_offset..], isFinalBlock: true, _state);
            if (Enter(ref reader, JsonTokenType.String) is var next and not JsonNext.Element) return next;
            id = reader.GetString()!;
            Leave(reader);
            return JsonNext.Element;
        }
        catch (Exception failure) when (IsNotJson(failure))
        {
            return JsonNext.Invalid;
        }
    }

    /// <summary>The next ["id", size].</summary>
    public JsonNext NextSize(out string id, out long sizeBytes)
    {
        (id, sizeBytes) = ("", 0);
        try
        {
            var reader = new Utf8JsonReader(json.Span[_offset..], isFinalBlock: true, _state);
            if (Enter(ref reader, JsonTokenType.StartArray) is var next and not JsonNext.Element) return next;
            if (!IsNext(ref reader, JsonTokenType.String)) return JsonNext.Invalid;
            id = reader.GetString()!;
            if (!IsNext(ref reader, JsonTokenType.Number) || !reader.TryGetInt64(out sizeBytes) || sizeBytes < 0)
            {
                return JsonNext.Invalid;
            }
            if (!IsNext(ref reader, JsonTokenType.EndArray)) return JsonNext.Invalid;
            Leave(reader);
            return JsonNext.Element;
        }
        catch (Exception failure) when (IsNotJson(failure))
        {
            return JsonNext.Invalid;
        }
    }

    /// <summary>On to the first token of the next element, or behind the end of the array, where nothing may follow.</summary>
    private JsonNext Enter(ref Utf8JsonReader reader, JsonTokenType wanted)
    {
        if (!_isBegun && !IsNext(ref reader, JsonTokenType.StartArray)) return JsonNext.Invalid;
        _isBegun = true;
        if (!reader.Read()) return JsonNext.Invalid;
        if (reader.TokenType == JsonTokenType.EndArray) return reader.Read() ? JsonNext.Invalid : JsonNext.End;
        return reader.TokenType == wanted ? JsonNext.Element : JsonNext.Invalid;
    }

    private void Leave(in Utf8JsonReader reader)
    {
        _offset += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private static bool IsNext(ref Utf8JsonReader reader, JsonTokenType wanted) => reader.Read() && reader.TokenType == wanted;

    /// <summary>A string that is no valid text (such as "\ud800") is an InvalidOperationException to the reader.</summary>
    private static bool IsNotJson(Exception failure) => failure is JsonException or InvalidOperationException;
}
