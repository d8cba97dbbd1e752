using System.Collections.Concurrent;

namespace RequestClient.Tests.Servers;

/// <summary>The part of contract 2 that the client's actions use, in memory: what a right server answers.</summary>
internal sealed class BlobStore
{
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<string, string> Flags { get; } = new();

    public string Listing { get; init; } = "[]";

    public RawReply Answer(RawRequest request) => request switch
    {
        { Method: "GET", Path: "/" } => RawReply.Empty,
        { Method: "GET" } when request.Path.EndsWith('/') =>
            RawReply.Status("200 OK", System.Text.Encoding.UTF8.GetBytes(Listing)),
        { Method: "PUT" } => Blobs.TryAdd(request.Path, request.Body) ? RawReply.Empty : RawReply.Status("409 Conflict"),
        _ when !Blobs.TryGetValue(request.Path, out var blob) => RawReply.Status("404 Not Found"),
        { Method: "GET" } => RawReply.Status("200 OK", Blobs[request.Path]),
        { Method: "POST" } => Flag(request),
        { Method: "DELETE" } => Blobs.TryRemove(request.Path, out _) ? RawReply.Empty : RawReply.Status("404 Not Found"),
        _ => RawReply.Status("405 Method Not Allowed"),
    };

    private RawReply Flag(RawRequest request)
    {
        Flags[request.Path] = System.Text.Encoding.UTF8.GetString(request.Body);
        return RawReply.Empty;
    }
}
