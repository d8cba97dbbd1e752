using System.Net;
using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace Stickers.Tests.Site;

/// <summary>What a person does on the site, without a browser.</summary>
internal static partial class Visitor
{
    /// <summary>The tokens of a new page's two stickers.</summary>
    public static async Task<string[]> OpenAsync(HttpClient http) =>
        [.. Tokens().Matches(await http.GetStringAsync("/")).Select(match => match.Groups[1].Value)];

    /// <summary>The answer's status, and what the page says of the vote.</summary>
    public static async Task<(HttpStatusCode Status, string Notice)> VoteAsync(HttpClient http, string? token, bool isPlus = true)
    {
        using var form = new FormUrlEncodedContent(token is null ? [] : [new("token", token)]);
        using var answer = await http.PostAsync(isPlus ? "/vote_plus" : "/vote_minus", form);
        return (answer.StatusCode, Notice().Match(await answer.Content.ReadAsStringAsync()).Value);
    }

    public static async Task<long> VotesAsync(HttpClient http) => long.Parse(await http.GetStringAsync("/votes"), null);

    public static async Task ResetAsync(string url)
    {
        var (exitCode, _, error) = await ProgramCall.RunAsync(() => StickersCommand.Create().RunAsync(["reset", "--store", url]));
        Assert.True(exitCode == 0, error);
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]*)\"")]
    private static partial Regex Tokens();

    [GeneratedRegex("""<p class="notice.*?</p>""")]
    private static partial Regex Notice();
}
