using System.Text;

namespace RequestClient.Tests.Servers;

/// <summary>Bytes that a test server sends, right or wrong, and what it does to the connection afterwards.</summary>
internal sealed record RawReply(byte[] Bytes)
{
    /// <summary>Close the connection after it.</summary>
    public bool Close { get; init; }

    /// <summary>Break the connection off (RST) after it.</summary>
    public bool Reset { get; init; }

    /// <summary>Send it in pieces of this many bytes, each in a segment of its own; 0 for all at once.</summary>
    public int PieceLength { get; init; }

    /// <summary>How long to wait after each piece.</summary>
    public TimeSpan Pause { get; init; }

    public static RawReply Empty { get; } = Status("200 OK");

    public static RawReply Text(string text) => new(Encoding.Latin1.GetBytes(text));

    public static RawReply Status(string status, byte[]? body = null) =>
        new([.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body?.Length ?? 0}\r\n\r\n"), .. body ?? []]);

    public static RawReply Chunked(byte[] body, int chunkLength) => new(
    [
        .. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8,
        .. body.Chunk(chunkLength)
            .SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:X}\r\n"), .. chunk, .. "\r\n"u8]),
        .. "0\r\n\r\n"u8,
    ]);
}
