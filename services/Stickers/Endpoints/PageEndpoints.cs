using Stickers.Pages;
using Stickers.Signing;
using Stickers.Stores;

namespace Stickers.Endpoints;

/// <summary>The site's five sections.</summary>
internal static class PageEndpoints
{
    private const int Ranks = 9;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeSpan AboutLife = TimeSpan.FromSeconds(5);
    private static readonly ReadOnlyMemory<byte> UglyText = "UGLY"u8.ToArray();

    public static void MapPages(
        this IEndpointRouteBuilder routes, IPageReads reads, IStickersStore store, VoteTokens tokens, Sessions sessions,
            TimeProvider time)
    {
        var about = new FreshValue<byte[]>(
            async () => PageAnswer.Written(await store.CountAsync(CancellationToken.None), AboutPage.Write), AboutLife, time);
        Map("/", http => VoteAsync(http, reads, tokens, sessions));
        Map("/good", http => RankAsync(http, reads, isBest: true));
        Map("/bad", http => RankAsync(http, reads, isBest: false));
        Map("/ugly", UglyAsync);
        Map("/about", async http => await PageAnswer.SendAsync(http, await about.GetAsync()));
        // A route for all the rest would be weighed against each request's own one.
        ((IApplicationBuilder)routes).Use(next => http => http.GetEndpoint() is null ? NotFoundAsync(http) : next(http));

        void Map(string path, RequestDelegate answer) => routes.MapMethods(path, Reading, answer);
    }

    private static async Task VoteAsync(HttpContext http, IPageReads reads, VoteTokens tokens, Sessions sessions)
    {
        var pair = await reads.PickAsync(http.RequestAborted);
        var session = sessions.Read(http);
        if (session is null) sessions.Write(http, Sessions.Begin());
        var content = new VotePageContent { Pair = pair, Tokens = tokens, Votes = session?.Votes ?? 0 };
        await PageAnswer.SendAsync(http, StatusCodes.Status200OK, content, VotePage.Write);
    }

    private static async Task RankAsync(HttpContext http, IPageReads reads, bool isBest)
    {
        var stickers = await reads.RankedAsync(isBest, Ranks, http.RequestAborted);
        await PageAnswer.SendAsync(
            http, StatusCodes.Status200OK, (isBest, stickers), static (page, ranked) => RankPage.Write(
                page, ranked.isBest, ranked.stickers));
    }

    private static Task NotFoundAsync(HttpContext http) =>
        PageAnswer.SendAsync(http, StatusCodes.Status404NotFound, 0, static (page, _) => NotFoundPage.Write(page));

    private static async Task UglyAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = UglyText.Length;
        await http.Response.BodyWriter.WriteAsync(UglyText, http.RequestAborted);
    }
}
