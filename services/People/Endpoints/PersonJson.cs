using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using People.Validation;

namespace People.Endpoints;

/// <summary>People as JSON, in the words of either language.</summary>
internal static class PersonJson
{
    // Letters as they are: this is never part of a page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Of(Person person, PersonNames names) => Written(json => Write(json, person, names));

    public static ReadOnlyMemory<byte> Of(IReadOnlyList<Person> people, PersonNames names) => Written(json =>
    {
        json.WriteStartArray();
        foreach (var person in people) Write(json, person, names);
        json.WriteEndArray();
    });

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Readable);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Person person, PersonNames names)
    {
        json.WriteStartObject();
        json.WriteString("id", person.Id);
        json.WriteString(names.Nickname, person.Nickname);
        json.WriteString(names.FullName, person.FullName);
        json.WriteString(names.Born, person.Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WritePropertyName(PersonNames.Stack);
        if (person.Stack is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartArray();
            foreach (var element in person.Stack) json.WriteStringValue(element);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
