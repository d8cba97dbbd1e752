using System.Net;
using System.Text;
using System.Text.Json;
using Blobs.TestSupport;

namespace Stickers.Tests.Site;

/// <summary>Pages, pictures and the JSON API over HTTP.</summary>
[Collection(SharedSite.Name)]
public sealed class PagesTests(RunningStores stores)
{
    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Api_PacksStickersAndPictures(string name)
    {
        var service = await ServiceAsync(name);
        using var packs = JsonDocument.Parse(await service.Http.GetStringAsync("/stickers"));
        Assert.Equal(540, packs.RootElement.GetArrayLength());
        Assert.Equal("/stickers/540", packs.RootElement[539].GetProperty("url").GetString());
        using var pack = JsonDocument.Parse(await service.Http.GetStringAsync("/stickers/540"));
        var stickers = pack.RootElement.GetProperty("stickers");
        Assert.Equal(Enumerable.Range(1, 30), stickers.EnumerateArray().Select(sticker => sticker.GetProperty("id").GetInt32()));
        var last = await service.Http.GetStringAsync("/stickers/540/30");
        Assert.Equal(stickers[29].GetRawText(), last);
        using var sticker = JsonDocument.Parse(last);
        Assert.NotEmpty(sticker.RootElement.GetProperty("comment").GetString()!);
        using var picture = await service.Http.GetAsync(sticker.RootElement.GetProperty("url").GetString());
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg xmlns=", await picture.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var hostile = JsonDocument.Parse(await service.Http.GetStringAsync("/stickers/1/7"));
        Assert.Equal("<script>document.title='owned'</script>", hostile.RootElement.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/stickers/0", "application/problem+json")]
    [InlineData("/stickers/541", "application/problem+json")]
    [InlineData("/stickers/%3Cscript%3E", "application/problem+json")]
    [InlineData("/stickers/1/31", "application/problem+json")]
    [InlineData("/stickers/1/0.svg", "application/problem+json")]
    [InlineData("/stickers/-1/1", "application/problem+json")]
    [InlineData("/stickers/99999999999/1", "application/problem+json")]
    [InlineData("/stickers/1'%20OR%201=1/1", "application/problem+json")]
    [InlineData("/nothing%3Cscript%3E", "text/html")]
    public async Task WhatIsNotThere_404(string path, string type)
    {
        var service = await ServiceAsync("tarantool");
        using var answer = await service.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Sections_AllAreThere(string method)
    {
        var service = await ServiceAsync("postgresql");
        foreach (var path in (string[])["/", "/good", "/bad", "/about", "/ugly"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await service.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (path == "/ugly" && method == "GET") Assert.Equal("UGLY", await answer.Content.ReadAsStringAsync());
            if (path != "/ugly")
            {
                Assert.Contains(
                    "default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Cookies_OnlyOursAreBelieved()
    {
        var service = await ServiceAsync("tarantool");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = service.Http.BaseAddress };
        var (ours, _) = await AskAsync(http, null);
        Assert.Matches(@"\Asession=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax\z", ours!);
        var cookie = ours!.Split(';')[0];
        Assert.Null((await AskAsync(http, cookie)).SetCookie);

        // Votes in a cookie are ours to count: who raises them himself is a new visitor.
        var raised = Encoding.ASCII.GetBytes(cookie);
        raised["session=".Length + 20] ^= 1;
        foreach (var foreign in (string[])
            [Encoding.ASCII.GetString(raised), "session=\"><script>alert(1)</script>", "session=", "session=" + new string('A', 43), "session='; return box.cfg --"])
        {
            var (setCookie, page) = await AskAsync(http, foreign);
            Assert.StartsWith("session=", setCookie, StringComparison.Ordinal);
            Assert.Contains("You have not voted yet.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task BadUsage_StatusTwo()
    {
        foreach (var arguments in (string[][])[["8001", "--store", "redis://127.0.0.1:1"], ["8001", "--store", "tarantool://127.0.0.1:1", "--token-life", "0"]])
        {
            var (exitCode, _, error) = await ChildProcess.RunAsync(Repository.Program("Stickers"), arguments);
            Assert.Equal(2, exitCode);
            Assert.EndsWith("Stickers: see Stickers --help\n", error, StringComparison.Ordinal);
        }
    }

    private static async Task<(string? SetCookie, string Page)> AskAsync(HttpClient http, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.TryGetValues("Set-Cookie", out var values) ? values.Single() : null, await answer.Content.ReadAsStringAsync());
    }

    private Task<RunningService> ServiceAsync(string name) => stores.ServiceAsync("Stickers", name);
}
