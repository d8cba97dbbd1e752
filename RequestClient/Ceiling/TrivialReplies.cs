using System.Text;
using RequestClient.Blobs;

namespace RequestClient.Ceiling;

/// <summary>The three replies of the trivial server, ready to be sent.</summary>
internal sealed class TrivialReplies(int blobLength, string user)
{
    private readonly ulong _userHash = BlobContent.UserHash(user);

    public int BlobLength => blobLength;

    public byte[] Empty { get; } = Pinned("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    public byte[] Listing { get; } = Pinned("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");

    /// <summary>The head of a blob's reply.</summary>
    public byte[] BlobHead { get; } = Pinned($"HTTP/1.1 200 OK\r\nContent-Length: {blobLength}\r\n\r\n");

    /// <summary>The key of the blob that a path ends in.</summary>
    public ulong Key(ReadOnlySpan<byte> path) => BlobContent.Key(_userHash, path[(path.LastIndexOf((byte)'/') + 1)..]);

    private static byte[] Pinned(string text)
    {
        var bytes = GC.AllocateArray<byte>(text.Length, pinned: true);
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }
}
