using System.Globalization;
using System.Text;

namespace ServiceDefaults;

/// <summary>How many there are, as digits alone: what the books of a study are balanced with.</summary>
public static class CountReply
{
    /// <param name="http">The exchange.</param>
    /// <param name="count">Asks the store.</param>
    public static async Task WriteAsync(HttpContext http, Func<CancellationToken, Task<long>> count)
    {
        var digits = Encoding.ASCII.GetBytes((await count(http.RequestAborted)).ToString(CultureInfo.InvariantCulture));
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = digits.Length;
        await http.Response.BodyWriter.WriteAsync(digits);
    }
}
