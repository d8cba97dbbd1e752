using System.Text;

namespace BlobsServer.Tests.Processes;

/// <summary>Requests that are nearly right: each is a sensible one with some of its parts broken, the same for the same seed.</summary>
internal static class Nonsense
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "get", "G\0T", "", "CONNECT", "TRACE", "GET ", "ÄÖ"];

    private static readonly string[] Targets =
    [
        "/", "/blobs/alice", "/blobs/alice/id", "/blobs/alice/id?only_flags=1", "/stream/alice?direction=upload", "/stream/alice?direction=download",
        "/blobs/alice?limit=2&after=a&order_by=-date", "/metrics", "/health/ready", "*", "http://h/blobs/alice/id", "http://", "//", "/blobs//", "/blobs/%00/%zz",
        "/blobs/alice/..%2f..%2fetc", "/blobs/" + new string('a', 300), "/" + new string('%', 50), "/blobs/alice/id?" + new string('&', 200), "", "\u00ff\u00fe", "/blobs/alice/\u00e9",
    ];

    private static readonly string[] Headers =
    [
        "Host: x", "Host: x", "Host: x", "Range: bytes=0-0", "Range: bytes=-", "Range: bytes=9-1,,,", "Range: potatoes", "Range: bytes=99999999999999999999-",
        "If-None-Match: \"", "If-None-Match: W/", "If-Match: *", "If-Modified-Since: yesterday", "If-Range: \"x", "Expect: 100-continue", "Expect: 200-ok",
        "Content-Length: 5", "Content-Length: -5", "Content-Length: 5, 5", "Content-Length: 999999999999999999999", "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity", "Content-Digest: sha-256=:AAAA:", "Content-Digest: ,", "Content-MD5: x",
        "Authorization: Token", "Connection: upgrade", "Upgrade: h2c", "no colon here", ": empty", "X: " + new string('y', 9000), "A\u0000B: c", "Host: a\r\nHost: b",
    ];

    private static readonly string[] Bodies = ["", "hello", "[\"PENDING\"]", "[\"id\"]", "[[\"a\",1]]\nx", "[[[[[[", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "5\r\nhel", "{\"a\":", "\0\0\0"];

    private static readonly string[] Versions = ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTP", ""];

    public static string Request(Random random)
    {
        var text = new StringBuilder();
        text.Append($"{Pick(random, Methods)} {Pick(random, Targets)} {Pick(random, Versions)}\r\n");
        for (var count = random.Next(6); count > 0; count--) text.Append(Pick(random, Headers)).Append("\r\n");
        text.Append("\r\n").Append(Pick(random, Bodies));
        for (var count = random.Next(4); count > 0; count--) Break(random, text);
        return text.ToString();
    }

    private static void Break(Random random, StringBuilder text)
    {
        var at = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0:
                text[at] = (char)random.Next(256);
                break;
            case 1:
                text.Remove(at, Math.Min(text.Length - at, random.Next(1, 20)));
                break;
            case 2:
                text.Insert(at, new string((char)random.Next(256), random.Next(1, 40)));
                break;
            default:
                text.Insert(at, "\r\n");
                break;
        }

        if (text.Length == 0) text.Append('x');
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
