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
    public static string[]? ParseIds(byte[] json) => Parse<string[]>(json) is { } ids && !ids.Contains(null!) ? ids : null;

    /// <summary>[["id", size], ...]; null when it is something else.</summary>
    public static (string Id, long SizeBytes)[]? ParseSizes(byte[] json)
    {
        if (Parse<JsonElement[][]>(json) is not { } pairs) return null;
        var sizes = new (string, long)[pairs.Length];
        for (var index = 0; index < pairs.Length; index++)
        {
            if (pairs[index] is not [{ ValueKind: JsonValueKind.String } id, { ValueKind: JsonValueKind.Number } size]) return null;
            if (!size.TryGetInt64(out var bytes) || bytes < 0) return null;
            sizes[index] = (id.GetString()!, bytes);
        }

        return sizes;
    }

    private static T? Parse<T>(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}
