using System.Globalization;
using System.Text.Json;
using People.Validation;

namespace People.Endpoints;

/// <summary>People as JSON, in the words of either language.</summary>
internal static class PersonJson
{
    public static void Write(Utf8JsonWriter json, (IReadOnlyList<Person> People, PersonNames Names) found)
    {
        json.WriteStartArray();
        foreach (var person in found.People) Write(json, (person, found.Names));
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, (Person Person, PersonNames Names) one)
    {
        var (person, names) = one;
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
