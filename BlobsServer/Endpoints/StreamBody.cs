using System.Buffers;
using System.IO.Pipelines;

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

    /// <summary>
    /// The body up to its first newline, which is taken too; null when there is none within what JSON may have.
    /// </summary>
    public static async Task<byte[]?> ReadLineAsync(PipeReader body)
    {
        var searched = 0L; // from the start at every read, a body that comes in small pieces would be searched a thousand times
        while (true)
        {
            var read = await body.ReadAsync();
            if (read.Buffer.Slice(searched).PositionOf((byte)'\n') is { } newline
                && read.Buffer.Slice(0, newline) is { Length: <= MaxJsonBytes } line)
            {
                var json = line.ToArray();
                body.AdvanceTo(read.Buffer.GetPosition(1, newline));
                return json;
            }

            searched = read.Buffer.Length;
            if (searched > MaxJsonBytes || read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.End);
                return null;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
