using Blobs.TestSupport;
using Stickers.Collection;
using Stickers.Stores;
using StoreClients;

namespace Stickers.Tests.Site;

/// <summary>The site as people meet it: in Chromium, by mouse, on a phone, with scripts off.</summary>
[Collection(SharedSite.Name)]
public sealed class BrowserTests(RunningStores stores)
{
    private const string Card = ".card:nth-of-type(2)";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_VotesAndSeesTheNumberChange_WithoutScripts()
    {
        var service = await stores.ServiceAsync("Stickers", "tarantool");
        await Visitor.ResetAsync((await stores.OfAsync("tarantool")).Url);
        await using var browser = await Browser.OpenAsync($"http://127.0.0.1:{service.Port}/", Cancel);
        await browser.DisableScriptsAsync(Cancel);
        await browser.GoAsync($"http://127.0.0.1:{service.Port}/", Cancel);
        var name = await TextAsync(browser, $"{Card} h2");

        await browser.ClickAsync($"{Card} .plus", times: 1, Cancel);
        Assert.Equal($"Counted: {name} now has a rating of 1.", await TextAsync(browser, ".notice"));
        Assert.Contains("You have voted 1 time.", await TextAsync(browser, "main"), StringComparison.Ordinal);
        await browser.GoAsync($"http://127.0.0.1:{service.Port}/good", Cancel);
        Assert.Equal((name, "Rating 1"), (await TextAsync(browser, ".card h2"), await TextAsync(browser, ".card .rating")));

        await browser.GoAsync($"http://127.0.0.1:{service.Port}/", Cancel);
        name = await TextAsync(browser, $"{Card} h2");
        await browser.ClickAsync($"{Card} .minus", times: 1, Cancel);
        await browser.GoAsync($"http://127.0.0.1:{service.Port}/bad", Cancel);
        Assert.Equal((name, "Rating -1"), (await TextAsync(browser, ".card h2"), await TextAsync(browser, ".card .rating")));
        Assert.Equal(2, await Visitor.VotesAsync(service.Http));
    }

    [Fact]
    public async Task DoubleClick_CountsOnce()
    {
        var service = await stores.ServiceAsync("Stickers", "postgresql");
        var before = await Visitor.VotesAsync(service.Http);
        await using var browser = await Browser.OpenAsync($"http://127.0.0.1:{service.Port}/", Cancel);
        await browser.ClickAsync($"{Card} .plus", times: 2, Cancel);
        await Eventually.HoldsAsync(
            async () => (await TextAsync(browser, "body")).Contains(
                "count", StringComparison.OrdinalIgnoreCase), () => "no notice", TimeSpan.FromSeconds(10));
        Assert.Equal(before + 1, await Visitor.VotesAsync(service.Http));
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task HostileNames_StayText(string name)
    {
        var url = (await stores.OfAsync(name)).Url;
        var service = await stores.ServiceAsync("Stickers", name);
        await Visitor.ResetAsync(url);
        await using var browser = await Browser.OpenAsync($"http://127.0.0.1:{service.Port}/about", Cancel);
        await using var store = StickersStores.Open(StoreUrl.Parse(url));
        await store.PrepareAsync(Cancel);

        // Nine at a time come to the top; a hostile name of a pack is among them too.
        var hostile = Enumerable.Range(1, StickerCollection.Count).Where(id => HostileNames.Of(id) is not null)
            .DistinctBy(HostileNames.Of).Append(new StickerPlace(13, 1).Id).ToArray();
        Assert.InRange(hostile.Length, 15, 20);
        foreach (var (group, round) in hostile.Chunk(9).Select((group, round) => (group, round)))
        {
            for (var vote = 0; vote <= round; vote++)
            {
                foreach (var id in group)
                    Assert.True((await store.VoteAsync(new Vote(Guid.NewGuid(), id, true, long.MaxValue, 0), Cancel)).IsCounted);
            }

            foreach (var width in (int[])[390, 1280])
            {
                await browser.ResizeAsync(width, Cancel);
                await browser.GoAsync($"http://127.0.0.1:{service.Port}/good", Cancel);
                var shown = (await browser.EvaluateAsync(
                    "[...document.querySelectorAll('.card h2')].map(e => e.textContent)", Cancel))
                    .AsArray()
                    .Select(text => text!.GetValue<string>()).ToHashSet();
                foreach (var id in group) Assert.Contains(Shown(store, id), shown);
                Assert.Equal("Good - Stickers", (await browser.EvaluateAsync("document.title", Cancel)).GetValue<string>());
                // The policy would keep a script from running; that there is none shows that a name is text.
                const string foreign = "document.querySelectorAll('script, img, svg svg, [onload], [onerror], [onmouseover], [href^=javascript]').length";
                Assert.Equal(0, (await browser.EvaluateAsync(foreign, Cancel)).GetValue<int>());
                Assert.Equal(
                    9, (await browser.EvaluateAsync("document.querySelectorAll('.card > svg').length", Cancel)).GetValue<int>());
                Assert.InRange(
                    (await browser.EvaluateAsync(
                        "document.documentElement.scrollWidth", Cancel)).GetValue<int>(), width - 30, width);
            }
        }
    }

    /// <summary>As the page shows it: what HTML can't hold is U+FFFD.</summary>
    private static string Shown(IStickersStore store, int id)
    {
        var name = (store.FindAsync(id, Cancel).GetAwaiter().GetResult()
            ?? throw new InvalidOperationException($"no sticker {id}")).Name;
        return string.Concat(name.Select(letter => char.IsControl(letter) ? '\ufffd' : letter));
    }

    private static async Task<string> TextAsync(Browser browser, string selector) =>
        (await browser.EvaluateAsync($"document.querySelector('{selector}').textContent", Cancel)).GetValue<string>();
}
