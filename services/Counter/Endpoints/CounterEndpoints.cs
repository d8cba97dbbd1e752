using System.Buffers.Text;
using Counter.Numbers;
using Counter.Stores;
using ServiceDefaults;

namespace Counter.Endpoints;

/// <summary>
/// GET / grants a number up to the limit, GET /uncapped one without a limit (so that one process can be studied both ways), and
/// GET /count tells how many were granted.
/// </summary>
internal static class CounterEndpoints
{
    private const int MostDigits = 20;

    public static void MapCounter(
        this IEndpointRouteBuilder routes, ICounterStore store, Func<long?, INumbers> numbersUpTo, long? limit)
    {
        var (capped, uncapped) = (numbersUpTo(limit), numbersUpTo(null));
        routes.MapGet("/", http => GrantAsync(http, capped, limit));
        routes.MapGet("/uncapped", http => GrantAsync(http, uncapped, limit: null));
        routes.MapGet("/count", http => CountReply.WriteAsync(http, store.CountAsync));
    }

    private static async Task GrantAsync(HttpContext http, INumbers numbers, long? limit)
    {
        var granted = await numbers.NextAsync(http.RequestAborted);
        await (granted is { } number
            ? WriteAsync(http, "{\"hello\":\"world\",\"request_num\":"u8, number, "}"u8)
            : WriteAsync(http, "{\"Go\":\"away!\",\"request_num\":"u8, limit ?? 0, "}"u8));
    }

    private static ValueTask<System.IO.Pipelines.FlushResult> WriteAsync(
        HttpContext http, ReadOnlySpan<byte> before, long number, ReadOnlySpan<byte> after)
    {
        var body = new byte[before.Length + MostDigits + after.Length];
        before.CopyTo(body);
        Utf8Formatter.TryFormat(number, body.AsSpan(before.Length), out var digits);
        after.CopyTo(body.AsSpan(before.Length + digits));
        var length = before.Length + digits + after.Length;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = length;
        return http.Response.BodyWriter.WriteAsync(body.AsMemory(0, length));
    }
}
