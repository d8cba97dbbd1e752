using System.Text.Json;

namespace RequestClient.Metering;

/// <summary>Texts that may come as one string or as a list.</summary>
internal static class Json
{
    public static string? Words(JsonElement? json, string separator = " ") => json switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } list => string.Join(separator, list.EnumerateArray().Select(item => item.ToString())),
        _ => null,
    };
}
