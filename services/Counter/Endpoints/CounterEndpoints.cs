using System.Buffers.Text;
using Counter.Numbers;
using Counter.Stores;

namespace Counter.Endpoints;

/// <summary>GET / grants a number, GET /count tells how many were granted.</summary>
internal static class CounterEndpoints
{
    private const int MostDigits = 20;

    public static void MapCounter(this IEndpointRouteBuilder routes, ICounterStore store, INumbers numbers, long? limit)
    {
        routes.MapGet("/", http => GrantAsync(http, numbers, limit));
        routes.MapGet("/count", http => CountAsync(http, store));
    }

    private static async Task GrantAsync(HttpContext http, INumbers numbers, long? limit)
    {
        var granted = await numbers.NextAsync(http.RequestAborted);
        await (granted is { } number
            ? WriteAsync(http, "application/json", "{\"hello\":\"world\",\"request_num\":"u8, number, "}"u8)
            : WriteAsync(http, "application/json", "{\"Go\":\"away!\",\"request_num\":"u8, limit ?? 0, "}"u8));
    }

    private static async Task CountAsync(HttpContext http, ICounterStore store)
    {
        var count = await store.CountAsync(http.RequestAborted);
        await WriteAsync(http, "text/plain", [], count, []);
    }

    private static ValueTask<System.IO.Pipelines.FlushResult> WriteAsync(
        HttpContext http, string type, ReadOnlySpan<byte> before, long number, ReadOnlySpan<byte> after)
    {
        var body = new byte[before.Length + MostDigits + after.Length];
        before.CopyTo(body);
        Utf8Formatter.TryFormat(number, body.AsSpan(before.Length), out var digits);
        after.CopyTo(body.AsSpan(before.Length + digits));
        var length = before.Length + digits + after.Length;
        http.Response.ContentType = type;
        http.Response.ContentLength = length;
        return http.Response.BodyWriter.WriteAsync(body.AsMemory(0, length));
    }
}
