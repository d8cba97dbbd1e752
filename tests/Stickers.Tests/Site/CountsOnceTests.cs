using System.Net;
using Blobs.TestSupport;

namespace Stickers.Tests.Site;

/// <summary>The promise: a vote counts once, and only with a token of a page that was shown a short while ago.</summary>
[Collection(SharedSite.Name)]
public sealed class CountsOnceTests(RunningStores stores)
{
    private const int Processes = 8;

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task DoubleClick_OverEightProcesses_CountsOnce(string name)
    {
        var url = (await stores.OfAsync(name)).Url;
        var services = await stores.ServicesAsync(Processes, "Stickers", name);
        await Visitor.ResetAsync(url);
        for (var page = 1; page <= 10; page++)
        {
            var tokens = await Visitor.OpenAsync(services[page].Http);
            Assert.Equal(2, tokens.Distinct().Count());
            foreach (var token in tokens)
            {
                var answers =
                    await Task.WhenAll(services.Select(service => Task.Run(() => Visitor.VoteAsync(service.Http, token))));
                Assert.Single(
                    answers, answer => answer.Status == HttpStatusCode.OK && answer.Notice.Contains(
                        "Counted", StringComparison.Ordinal));
                Assert.Equal(Processes - 1, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
            }

            Assert.Equal(2 * page, await Visitor.VotesAsync(services[0].Http));
        }
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task ReplayedForgedMissing_DoNotCountAndSaySo(string name)
    {
        var service = await stores.ServiceAsync("Stickers", name);
        var tokens = await Visitor.OpenAsync(service.Http);
        Assert.Equal(HttpStatusCode.OK, (await Visitor.VoteAsync(service.Http, tokens[0], isPlus: false)).Status);
        var before = await Visitor.VotesAsync(service.Http);

        await RefusedAsync(tokens[0], HttpStatusCode.Conflict, "counted already");
        await RefusedAsync(null, HttpStatusCode.BadRequest, "needs the token");
        for (var letter = 0; letter < tokens[1].Length; letter++)
        {
            var other = tokens[1][letter] == 'A' ? 'B' : 'A';
            await RefusedAsync(
                tokens[1][..letter] + other + tokens[1][(letter + 1)..], HttpStatusCode.Forbidden, "not one of ours");
        }

        foreach (var forged in (string[])["x", tokens[1][..^1], tokens[1] + "=", new string('A', 43), "'; DROP TABLE spent; --", await SessionAsync(service)])
            await RefusedAsync(forged, HttpStatusCode.Forbidden, "not one of ours");

        Assert.Equal(before, await Visitor.VotesAsync(service.Http));
        Assert.Equal(HttpStatusCode.OK, (await Visitor.VoteAsync(service.Http, tokens[1])).Status);

        async Task RefusedAsync(string? token, HttpStatusCode status, string reason)
        {
            var answer = await Visitor.VoteAsync(service.Http, token);
            Assert.Equal(status, answer.Status);
            Assert.Contains(reason, answer.Notice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Expired_DoesNotCountAndSaysSo(string name)
    {
        var service = await stores.ServiceAsync("Stickers", name, "--token-life", "1");
        var before = await Visitor.VotesAsync(service.Http);
        var token = (await Visitor.OpenAsync(service.Http))[0];
        await Task.Delay(TimeSpan.FromSeconds(1.2)); // a token's life is what is waited for
        var (status, notice) = await Visitor.VoteAsync(service.Http, token);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("open for too long", notice, StringComparison.Ordinal);
        Assert.Equal(before, await Visitor.VotesAsync(service.Http));
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Naive_TheSameVotesCount(string name)
    {
        var naive = await stores.ServiceAsync("Stickers", name, "--naive");
        var other = await stores.ServiceAsync("Stickers", name);
        var before = await Visitor.VotesAsync(other.Http);
        var token = (await Visitor.OpenAsync(naive.Http))[0];
        Assert.Equal(HttpStatusCode.OK, (await Visitor.VoteAsync(other.Http, token)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Visitor.VoteAsync(naive.Http, token)).Status);
        Assert.Equal(before + 1, await Visitor.VotesAsync(naive.Http));
        Assert.Contains("The good", await naive.Http.GetStringAsync("/good"), StringComparison.Ordinal);
        // The command as people give it, while others serve.
        var (exitCode, _, error) = await ChildProcess.RunAsync(
            Repository.Program("Stickers"), ["reset", "--store", (await stores.OfAsync(name)).Url]);
        Assert.True(exitCode == 0, error);
        Assert.Equal(0, await Visitor.VotesAsync(naive.Http));
    }

    private static async Task<string> SessionAsync(RunningService service)
    {
        using var fresh = new HttpClient { BaseAddress = service.Http.BaseAddress };
        using var answer = await fresh.GetAsync("/");
        return answer.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1];
    }
}
