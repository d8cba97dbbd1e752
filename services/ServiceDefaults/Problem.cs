using System.Text.Json;

namespace ServiceDefaults;

/// <summary>Answers that are no success, as application/problem+json (RFC 9457).</summary>
public static class Problem
{
    /// <param name="http">The exchange.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">For people: the value, the bound and the remedy.</param>
    public static Task WriteAsync(HttpContext http, int status, string title) =>
        JsonReply.WriteAsync(http, status, (title, status), Write, "application/problem+json");

    private static void Write(Utf8JsonWriter json, (string Title, int Status) problem)
    {
        json.WriteStartObject();
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        json.WriteEndObject();
    }
}
