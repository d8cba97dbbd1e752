using System.Text;

namespace RequestClient.Tests.Servers;

/// <summary>A request as a test server read it.</summary>
internal sealed record RawRequest(string Method, string Path, string Head, byte[] Body)
{
    /// <summary>Reads one from a stream; null when the client closed instead of sending one.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new List<byte>();
        var next = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(next, cancellation) == 0) return null;
            head.Add(next[0]);
        }

        var text = Encoding.ASCII.GetString([.. head]);
        var lines = text.Split("\r\n");
        var words = lines[0].Split(' ');
        var length = lines.Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.Split(':')[1])).SingleOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        return new RawRequest(words[0], words[1], text, body);
    }

    private static bool EndsHead(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
}
