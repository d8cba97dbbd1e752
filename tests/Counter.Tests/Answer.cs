using System.Net;
using System.Text.RegularExpressions;

namespace Counter.Tests;

/// <summary>What came of one GET /.</summary>
/// <param name="Number">The number that was granted; null when none was.</param>
/// <param name="Status">Null when there was no answer: nobody knows whether a number was granted.</param>
internal sealed partial record Answer(long? Number, HttpStatusCode? Status)
{
    public static async Task<Answer> AskAsync(HttpClient http)
    {
        try
        {
            using var reply = await http.GetAsync("/");
            var body = await reply.Content.ReadAsStringAsync();
            var granted = Granted().Match(body);
            if (granted.Success) return new Answer(long.Parse(granted.Groups[1].ValueSpan, null), reply.StatusCode);
            var isRight = reply.StatusCode == HttpStatusCode.ServiceUnavailable || Refused().IsMatch(body);
            return isRight ? new Answer(null, reply.StatusCode) : throw new InvalidDataException($"{reply.StatusCode}: {body}");
        }
        catch (HttpRequestException)
        {
            return new Answer(null, null);
        }
    }

    [GeneratedRegex(@"\A\{""hello"":""world"",""request_num"":(\d+)\}\z")]
    private static partial Regex Granted();

    [GeneratedRegex(@"\A\{""Go"":""away!"",""request_num"":\d+\}\z")]
    private static partial Regex Refused();
}
