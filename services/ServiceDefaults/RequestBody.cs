using System.Buffers;

namespace ServiceDefaults;

/// <summary>Bodies that are read as a whole before anything is done.</summary>
public static class RequestBody
{
    /// <param name="http">The exchange.</param>
    /// <param name="mostBytes">What it may have.</param>
    /// <returns>All of it; null, and 413 answered, when it is longer.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext http, int mostBytes)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(http.RequestAborted);
            var isTooLong = part.Buffer.Length > mostBytes;
            if (!isTooLong && !part.IsCompleted)
            {
                reader.AdvanceTo(part.Buffer.Start, part.Buffer.End);
                continue;
            }

            var body = isTooLong ? null : part.Buffer.ToArray();
            reader.AdvanceTo(part.Buffer.End);
            if (isTooLong)
            {
                await Problem.WriteAsync(
                    http, StatusCodes.Status413PayloadTooLarge, $"the body has more than {mostBytes} bytes: send less");
            }

            return body;
        }
    }
}
