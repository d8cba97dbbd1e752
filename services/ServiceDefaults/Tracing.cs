using Microsoft.Extensions.Primitives;

namespace ServiceDefaults;

/// <summary>
/// X-Tracing-Id: a request's own comes back with its reply, whatever that is; a request without one is given one. The log has it.
/// </summary>
public static class Tracing
{
    internal const string Header = "X-Tracing-Id";

    private const int MostLetters = 128;

    /// <summary>A handler whose requests are traced.</summary>
    public static RequestDelegate Traced(RequestDelegate handler) => http =>
    {
        // Late, because an answer that fails begins again without what was set before.
        http.Response.OnStarting(SetAsync, http);
        return handler(http);
    };

    private static Task SetAsync(object state)
    {
        var http = (HttpContext)state;
        var given = http.Request.Headers[Header];
        http.Response.Headers[Header] = IsGood(given) ? given : new StringValues(Guid.NewGuid().ToString());
        return Task.CompletedTask;
    }

    private static bool IsGood(StringValues given) =>
        given is [{ Length: > 0 and <= MostLetters } id] && id.All(letter => letter is >= ' ' and <= '~');
}
