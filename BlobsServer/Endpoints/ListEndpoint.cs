using System.Buffers;
using System.Text;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>GET /blobs/{user}: the ids, as a JSON array, streamed.</summary>
internal static class ListEndpoint
{
    private const int PieceBytes = 32 * 1024;

    public static async Task HandleAsync(HttpContext http, BlobListing listing, string user, string blobNamespace)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await Problem.MethodNotAllowedAsync(http, "GET, HEAD");
            return;
        }

        http.Response.ContentType = "application/json";
        var piece = new ArrayBufferWriter<byte>(256);
        piece.Write("["u8);
        var isFirst = true;
        foreach (var id in listing.Ids(user, blobNamespace))
        {
            piece.Write(isFirst ? "\""u8 : ",\""u8);
            Encoding.UTF8.GetBytes(id, piece); // a name has nothing that JSON would escape
            piece.Write("\""u8);
            isFirst = false;
            if (piece.WrittenCount < PieceBytes) continue;
            if ((await http.Response.BodyWriter.WriteAsync(piece.WrittenMemory)).IsCompleted) return;
            piece.ResetWrittenCount();
        }

        piece.Write("]"u8);
        if (!http.Response.HasStarted) http.Response.ContentLength = piece.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(piece.WrittenMemory);
    }
}
