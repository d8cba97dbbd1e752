using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BlobsServer.Endpoints;

/// <summary>Answers that are no success, as application/problem+json (RFC 9457).</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    // Quotes as they are: this is never part of a page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext http, int status, string title, params (string Name, object? Value)[] members)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("title", title);
            json.WriteNumber("status", status);
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory);
    }

    public static Task MethodNotAllowedAsync(HttpContext http, string allowed)
    {
        http.Response.Headers.Allow = allowed;
        return WriteAsync(http, 405, $"{http.Request.Method} is not possible here; use one of {allowed}.");
    }

    public static Task UnauthorizedAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Token";
        return WriteAsync(http, 401, "Say who you are: Authorization: Token base64(user:token).");
    }

    public static Task NotFoundAsync(HttpContext http) => WriteAsync(http, 404, "There is no such blob.");

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"a problem has no members of type {value.GetType()}", nameof(value));
        }
    }
}
