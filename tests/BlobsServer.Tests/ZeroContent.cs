using System.Net;

namespace BlobsServer.Tests;

/// <summary>So many zeros, with their Content-Length and without holding them.</summary>
internal sealed class ZeroContent(long length) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var piece = new byte[256 * 1024];
        for (var left = length; left > 0; left -= piece.Length)
        {
            await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, left)));
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
