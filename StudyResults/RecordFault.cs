using System.Text.Json;

namespace StudyResults;

/// <summary>
/// Why a line is no record, for people who look at the line and know nothing of the types that it is read into.
/// </summary>
internal static class RecordFault
{
    /// <param name="line">The line.</param>
    /// <param name="failure">What its reader said.</param>
    public static string Of(string line, JsonException failure)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return OfJson(json.RootElement, failure.Path ?? "");
        }
        catch (JsonException syntax)
        {
            return FormattableString.Invariant($"no run record: no JSON from column {syntax.BytePositionInLine + 1} on");
        }
    }

    private static string OfJson(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object) return "no run record, which is a JSON object";
        if (path.Length > "$.".Length) return $"no run record: {path["$.".Length..]} is not what belongs there";
        var missing = RunRecordJson.Default.RunRecord.Properties
            .Where(property => property.IsRequired && !json.TryGetProperty(property.Name, out _))
                .Select(property => property.Name);
        return $"no run record: it lacks {string.Join(", ", missing)}";
    }
}
