using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MultiProc.Logging;

/// <summary>One line of the log.</summary>
/// <param name="At">When.</param>
/// <param name="Name">Who says it: multiproc, haproxy, w1, ...</param>
/// <param name="IsOutput">Whether a child printed it; otherwise the supervisor says it.</param>
/// <param name="Message">Without a line's end.</param>
internal sealed record LogLine(DateTimeOffset At, string Name, bool IsOutput, string Message)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Format(LogFormat format) => format == LogFormat.Json ? ToJson() : $"{Name,-9} | {Message}";

    private string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", At.UtcDateTime);
            json.WriteString("name", Name);
            json.WriteString("kind", IsOutput ? "output" : "event");
            json.WriteString("message", Message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
