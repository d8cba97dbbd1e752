using System.Globalization;

namespace People.Contest;

/// <summary>A load as RequestClient replays it: a header line that names the columns, then a request a line.</summary>
internal static class TraceText
{
    public static async Task WriteAsync(TextWriter output, IEnumerable<ContestRequest> requests, CancellationToken cancellation)
    {
        await output.WriteLineAsync("at\taction\tstatus\tperson\tnickname\tterm");
        foreach (var request in requests)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = request.AtSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
            await output.WriteLineAsync($"{at}\t{request.Action}\t{request.Status}\t{request.Json}\t{request.Nickname}\t{Uri.EscapeDataString(request.Term)}");
        }
    }
}
