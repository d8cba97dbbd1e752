using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace Stickers.Tests.Site;

/// <summary>
/// Votes from many at once while workers are killed. A vote whose answer was lost is sent again: it counts now or counted then,
/// so that in the end each token that was voted with counts exactly once.
/// </summary>
[Collection(SharedSite.Name)]
public sealed partial class StormTests(RunningStores stores)
{
    private const int Processes = 3;
    private const int Voters = 16;
    private const int Packs = 540;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task WorkersAreKilled_SumOfRatingsIsPlusLessMinusIsWhatWasVoted(string name)
    {
        var kills = SoakSize.Of(normal: 3, soak: 30);
        var url = (await stores.OfAsync(name)).Url;
        await using var services = await RunningServices.StartAsync(Processes, "Stickers", url);
        await Visitor.ResetAsync(url);
        var (answered, lost, isOver) = (new ConcurrentBag<bool>(), new ConcurrentBag<(string Token, bool IsPlus)>(), false);
        var voting = Enumerable.Range(0, Voters).Select(voter => Task.Run(async () =>
        {
            for (var round = 0; !Volatile.Read(ref isOver); round++)
            {
                var http = services[voter + round].Http;
                var token = await TryOpenAsync(http);
                if (token is null) continue;
                var isPlus = round % 3 != 0;
                if (await TryVoteAsync(http, token, isPlus) == HttpStatusCode.OK) answered.Add(isPlus);
                else lost.Add((token, isPlus));
            }
        })).ToArray();

        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                var before = answered.Count;
                await Eventually.HoldsAsync(() => answered.Count > before + 100, () => "no more votes are counted", Patience);
                await services.ReplaceAsync(kill);
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true); // whatever happened, nobody votes on into the next test
            await Task.WhenAll(voting).WaitAsync(Patience);
        }

        var (plus, minus) = (answered.Count(isPlus => isPlus), answered.Count(isPlus => !isPlus));
        foreach (var (token, isPlus) in lost)
        {
            Assert.Contains(
                await TryVoteAsync(services[0].Http, token, isPlus),
                (HttpStatusCode?[])[HttpStatusCode.OK, HttpStatusCode.Conflict]);
            Assert.Equal(HttpStatusCode.Conflict, await TryVoteAsync(services[1].Http, token, isPlus));
            if (isPlus) plus++;
            else minus++;
        }

        Assert.Equal(plus + minus, await Visitor.VotesAsync(services[1].Http));
        Assert.Equal((plus, minus, plus - minus), await SumsAsync(services[2].Http));
        await Eventually.HoldsAsync(
            async () => (await AboutAsync(services[0].Http)).SequenceEqual([plus + minus, plus, minus, plus - minus]),
            () => $"/about does not tell {plus} and {minus}", TimeSpan.FromSeconds(10));
        SoakSize.Report($"{name}: {kills} kills, {plus + minus} votes each once, {lost.Count} of them sent again");
    }

    private static async Task<string?> TryOpenAsync(HttpClient http)
    {
        try
        {
            return (await Visitor.OpenAsync(http))[0];
        }
        catch (HttpRequestException)
        {
            await Task.Delay(5);
            return null;
        }
    }

    /// <summary>Null when no answer came: whether it counted is not known.</summary>
    private static async Task<HttpStatusCode?> TryVoteAsync(HttpClient http, string token, bool isPlus)
    {
        try
        {
            return (await Visitor.VoteAsync(http, token, isPlus)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Over all stickers, as the JSON API tells them.</summary>
    private static async Task<(int Plus, int Minus, int Rating)> SumsAsync(HttpClient http)
    {
        var (plus, minus, rating) = (0, 0, 0);
        for (var pack = 1; pack <= Packs; pack++)
        {
            using var json = JsonDocument.Parse(await http.GetStringAsync($"/stickers/{pack}"));
            foreach (var sticker in json.RootElement.GetProperty("stickers").EnumerateArray())
            {
                plus += sticker.GetProperty("plus").GetInt32();
                minus += sticker.GetProperty("minus").GetInt32();
                rating += sticker.GetProperty("rating").GetInt32();
            }
        }

        return (plus, minus, rating);
    }

    /// <summary>Votes, for, against, sum.</summary>
    private static async Task<IEnumerable<int>> AboutAsync(HttpClient http) =>
        Numbers().Matches(await http.GetStringAsync("/about")).Select(match => int.Parse(match.Groups[1].ValueSpan, null))
            .Take(4);

    [GeneratedRegex(@"<dd>(-?\d+)</dd>")]
    private static partial Regex Numbers();
}
