using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServiceDefaults;

/// <summary>Answers in JSON with their length, so that a connection goes on after them.</summary>
public static class JsonReply
{
    // Letters and quotes as they are: this is never part of a page.
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="http">The exchange.</param>
    /// <param name="status">The status.</param>
    /// <param name="what">What is written.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="type">The media type.</param>
    public static async Task WriteAsync<T>(
        HttpContext http, int status, T what, Action<Utf8JsonWriter, T> write, string type = "application/json")
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Readable)) write(json, what);
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory);
    }
}
