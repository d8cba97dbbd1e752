using Microsoft.AspNetCore.Http.Features;

namespace BlobsServer.Endpoints;

/// <summary>
/// The request target as it came over the wire, split but not decoded: Kestrel's own Path has dot segments resolved and
/// escapes undone, so that a name like ".." could no longer be told from none.
/// </summary>
internal readonly record struct RequestTarget(string Path, QueryValues Query)
{
    public static RequestTarget Of(HttpContext http)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // Absolute form ("GET http://host/path", RFC 9112, 3.2.2) is for proxies, but servers must take it.
        if (raw.Length == 0 || raw[0] != '/') raw = http.Request.Path.Value + http.Request.QueryString.Value;
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        return question < 0
            ? new RequestTarget(raw, new QueryValues(""))
            : new RequestTarget(raw[..question], new QueryValues(raw[(question + 1)..]));
    }
}
