using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StudyResults;

/// <summary>
/// A count, also as the languages write it that know one kind of number: 20000.0 and 2e4 are 20000. What is not whole, or does
/// not fit, is no count.
/// </summary>
internal sealed class WholeNumberConverter<T> : JsonConverter<T>
    where T : struct, IBinaryInteger<T>
{
    /// <summary>Above this a double does not tell neighbours apart.</summary>
    private const double LargestExact = 1L << 53;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException();
        if (!reader.TryGetInt64(out var whole))
        {
            var number = reader.GetDouble();
            if (!(Math.Abs(number) <= LargestExact && number == Math.Floor(number))) throw new JsonException();
            whole = (long)number;
        }

        var value = T.CreateSaturating(whole);
        return long.CreateSaturating(value) == whole ? value : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(long.CreateChecked(value));
}
