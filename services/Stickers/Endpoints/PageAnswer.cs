using System.Buffers;
using Stickers.Pages;
using Stickers.Writing;

namespace Stickers.Endpoints;

/// <summary>Sends what was written by hand, whole, with its length.</summary>
internal static class PageAnswer
{
    // A page is written and copied to the connection without anybody waiting in between, so a thread has one at a time.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <param name="http">The exchange.</param>
    /// <param name="status">The status.</param>
    /// <param name="content">What the page shows.</param>
    /// <param name="write">Writes it.</param>
    public static async Task SendAsync<T>(HttpContext http, int status, T content, Action<PageWriter, T> write)
    {
        http.Response.Headers.CacheControl = "no-store"; // tokens in it count once
        Put(http, status, content, write);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>A page that is the same for everybody for a while.</summary>
    public static byte[] Written<T>(T content, Action<PageWriter, T> write)
    {
        var page = new ArrayBufferWriter<byte>();
        write(new PageWriter(page), content);
        return page.WrittenSpan.ToArray();
    }

    /// <summary>Sends what <see cref="Written"/> gave.</summary>
    public static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> page)
    {
        Head(http, StatusCodes.Status200OK, page.Length);
        await http.Response.BodyWriter.WriteAsync(page, http.RequestAborted);
    }

    private static void Put<T>(HttpContext http, int status, T content, Action<PageWriter, T> write)
    {
        var page = _scratch ??= new ArrayBufferWriter<byte>(32 * 1024);
        page.ResetWrittenCount();
        write(new PageWriter(page), content);
        Head(http, status, page.WrittenCount);
        http.Response.BodyWriter.Write(page.WrittenSpan);
    }

    private static void Head(HttpContext http, int status, long bytes)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = bytes;
        http.Response.Headers.ContentSecurityPolicy = Frame.Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
