using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServiceDefaults;

/// <summary>Answers that are no success, as application/problem+json (RFC 9457).</summary>
public static class Problem
{
    // Quotes as they are: this is never part of a page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="http">The exchange.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">For people: the value, the bound and the remedy.</param>
    public static async Task WriteAsync(HttpContext http, int status, string title)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory);
    }
}
