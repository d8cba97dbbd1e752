using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace BlobsServer.Endpoints;

/// <summary>The JSON at the front of a stream request; bounded, because it is held in memory.</summary>
internal static class StreamBody
{
    /// <summary>Room for some twenty thousand of the longest ids.</summary>
    public const int MaxJsonBytes = 4 * 1024 * 1024;

    /// <summary>All of the body, or null when it is longer than JSON may be.</summary>
    public static async Task<byte[]?> ReadAllAsync(PipeReader body)
    {
        while (true)
        {
            var read = await body.ReadAsync();
            if (read.Buffer.Length > MaxJsonBytes || read.IsCompleted)
            {
                var json = read.Buffer.Length > MaxJsonBytes ? null : read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return json;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body up to its first newline, which is taken too; null when there is none within what JSON may have.</summary>
    public static async Task<byte[]?> ReadLineAsync(PipeReader body)
    {
        while (true)
        {
            var read = await body.ReadAsync();
            if (read.Buffer.PositionOf((byte)'\n') is { } newline && read.Buffer.Slice(0, newline) is { Length: <= MaxJsonBytes } line)
            {
                var json = line.ToArray();
                body.AdvanceTo(read.Buffer.GetPosition(1, newline));
                return json;
            }

            if (read.Buffer.Length > MaxJsonBytes || read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.End);
                return null;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>["id", ...]; null when it is something else.</summary>
    public static string[]? ParseIds(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(json) is { } ids && !ids.Contains(null!) ? ids : null;
        }
        catch (Exception failure) when (IsNotJson(failure))
        {
            return null;
        }
    }

    /// <summary>[["id", size], ...]; null when it is something else. Read token by token: a tree of half a million pairs is large.</summary>
    public static (string Id, long SizeBytes)[]? ParseSizes(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var sizes = new List<(string, long)>();
        try
        {
            if (!IsNext(ref reader, JsonTokenType.StartArray)) return null;
            while (IsNext(ref reader, JsonTokenType.StartArray))
            {
                if (!IsNext(ref reader, JsonTokenType.String)) return null;
                var id = reader.GetString()!;
                if (!IsNext(ref reader, JsonTokenType.Number) || !reader.TryGetInt64(out var sizeBytes) || sizeBytes < 0) return null;
                if (!IsNext(ref reader, JsonTokenType.EndArray)) return null;
                sizes.Add((id, sizeBytes));
            }

            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? [.. sizes] : null;
        }
        catch (Exception failure) when (IsNotJson(failure))
        {
            return null;
        }
    }

    private static bool IsNext(ref Utf8JsonReader reader, JsonTokenType wanted) => reader.Read() && reader.TokenType == wanted;

    /// <summary>A string that is no valid text (such as "\ud800") is an InvalidOperationException to the reader.</summary>
    private static bool IsNotJson(Exception failure) => failure is JsonException or InvalidOperationException;
}
