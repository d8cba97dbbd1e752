using System.Text;

namespace BlobsServer.Tests.Processes;

/// <summary>
/// Requests that are nearly right, the same for the same seed. Half of them are good HTTP with an absurd meaning, so that
/// they get past the parser and to the endpoints; the others are broken anywhere.
/// </summary>
internal static class Nonsense
{
    private static readonly string[] Methods = ["GET", "GET", "PUT", "POST", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"];

    private static readonly string[] WrongMethods = ["get", "G\0T", "", "CONNECT", "TRACE", "GET ", "ÄÖ", new('M', 5000)];

    private static readonly string[] Paths =
    [
        "/", "/blobs/alice", "/blobs/alice/", "/blobs/alice/id", "/blobs/alice/other", "/blobs/nobody/id", "/stream/alice", "/metrics",
        "/health/ready", "//", "/blobs//", "/blobs/alice//", "/blobs/alice/..%2f..%2fetc", "/blobs/%61lice/%69d", "/blobs/alice/.",
        "/blobs/" + new string('a', 300), "/stream/alice/id", "/blobs/alice/id.flags", "/blobs/alice/%F0%9F%98%80", "/blobs/alice/%0A",
    ];

    private static readonly string[] WrongTargets =
    [
        "*", "http://h/blobs/alice/id", "http://", "", "\u00ff\u00fe", "/blobs/alice/\u00e9", "/blobs/%00/%zz", "/" + new string('%', 50),
        "/blobs/alice/id?" + new string('&', 200), "/blobs/alice/id#x", "blobs/alice/id", "/\\..\\", "/blobs/alice/id?a=b?c=d",
    ];

    private static readonly string[] Keys =
        ["order_by", "filter_flag", "deleted", "only_count", "limit", "after", "only_flags", "namespace", "direction", "x", "", "%00"];

    private static readonly string[] Values =
    [
        "", "True", "0", "-1", "99999999999999999999", "upload", "download", "date", "-date", "+date", "%2Bdate", "PENDING", "id",
        "%00", "%zz", "%", "a%2Fb", "\u00e9", "..", new('9', 300), "default", "1e9", " ", "&", "=",
    ];

    private static readonly string[] Headers =
    [
        "If-None-Match: \"", "If-None-Match: W/", "If-None-Match: *,,*", "If-Match: *", "If-Match: W/\"x\", \"", "If-Match:",
        "If-Modified-Since: yesterday", "If-Modified-Since: Thu, 01 Jan 9999 00:00:00 GMT", "If-Range: \"x", "If-Range: *",
        "Expect: 100-continue", "Expect: 200-ok", "Content-Digest: sha-256=:AAAA:", "Content-Digest: ,", "Content-Digest: =",
        "Repr-Digest: a=:", "Repr-Digest: sha-512=::, sha-256=:", "Content-MD5: x", "Content-MD5:", "Authorization: Token", "Authorization: Token %%%",
        "Connection: upgrade", "Connection: close", "Upgrade: h2c", "Content-Type: application/json", "Accept: nothing",
    ];

    private static readonly string[] WrongHeaders =
    [
        "Content-Length: 5", "Content-Length: -5", "Content-Length: 5, 5", "Content-Length: 999999999999999999999",
        "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity", "Transfer-Encoding: chunked", "no colon here", ": empty",
        "X: " + new string('y', 9000), "A\u0000B: c", "Host: a\r\nHost: b", " folded: x", "Range : bytes=0-0",
    ];

    private static readonly string[] Bodies =
    [
        "", "hello", "[\"PENDING\"]", "[\"id\"]", "[\"id\",\"id\",\"other\"]", "[[\"a\",1]]\nx",
        "[[\"a\",1],[\"b\",2]]\nx", "[[\"a\",-1]]\n", "[[\"\\ud800\",1]]\n", "[[\"\u00ff\",1]]\nx",
        "[[\"a\",1e3]]\n", "[[\"a\",99999999999999999999]]\n", "[]\n", "[[", "{\"a\":", "\0\0\0", "[\"\\ud800\"]", "null", "\u00ff\u00fe",
        new('[', 3000), "[\"" + new string('x', 3000) + "\"]", "5\r\nhello\r\n0\r\n\r\n",
    ];

    private static readonly string[] Versions = ["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTP", ""];

    public static string Request(Random random)
    {
        var isGoodHttp = random.Next(2) == 0;
        var text = new StringBuilder();
        text.Append(isGoodHttp || random.Next(4) > 0 ? Pick(random, Methods) : Pick(random, WrongMethods)).Append(' ');
        text.Append(isGoodHttp || random.Next(4) > 0 ? Target(random) : Pick(random, WrongTargets)).Append(' ');
        text.Append(isGoodHttp || random.Next(8) > 0 ? "HTTP/1.1" : Pick(random, Versions)).Append("\r\n");
        if (isGoodHttp || random.Next(8) > 0) text.Append("Host: x\r\n");
        for (var count = random.Next(4); count > 0; count--) text.Append(Pick(random, Headers)).Append("\r\n");
        if (random.Next(3) == 0) text.Append($"Range: {Range(random)}\r\n");
        if (!isGoodHttp) text.Append(Pick(random, WrongHeaders)).Append("\r\n");
        AppendBody(random, text);
        if (isGoodHttp) return text.ToString();
        for (var count = random.Next(3); count > 0; count--) Break(random, text);
        return text.ToString();
    }

    private static string Target(Random random)
    {
        var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Pick(random, Keys)}={Pick(random, Values)}"));
        return query.Length == 0 ? Pick(random, Paths) : $"{Pick(random, Paths)}?{query.Replace(' ', '+')}";
    }

    private static string Range(Random random)
    {
        const string Letters = "0123456789--,=xb ";
        var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)]));
        return random.Next(4) > 0 ? $"bytes={text}" : text;
    }

    private static void AppendBody(Random random, StringBuilder text)
    {
        var body = Pick(random, Bodies);
        if (random.Next(3) == 0) text.Append($"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n");
        else text.Append($"Content-Length: {body.Length}\r\n\r\n{body}");
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
