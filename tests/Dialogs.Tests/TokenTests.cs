using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Blobs.TestSupport;
using Microsoft.IdentityModel.Tokens;

namespace Dialogs.Tests;

/// <summary>Who has no good token, or another's, is answered 403 and is told nothing.</summary>
public sealed class TokenTests(RunningStores stores)
{
    private static readonly byte[] AnotherKey = Encoding.UTF8.GetBytes("somebody else's key, also 32 bytes or more");

    private static long InAnHour => DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

    [Fact]
    public async Task BadTokens_Are403EverywhereAndNothingIsStored()
    {
        // What others write meanwhile would be counted too.
        await using var store = await RunningStore.StartAsync("tarantool");
        await using var service = await RunningService.StartAsync("Dialogs", store.Url, Keys.Option);
        var (victim, peer) = (new Client(), Guid.NewGuid());
        await victim.SendAsync(service, peer, "a secret");
        var before = await service.Http.GetStringAsync("/count");
        var user = victim.User;
        var good = Signed(new { alg = "HS256", typ = "JWT" }, new { sub = user, exp = InAnHour }, Keys.Ours);
        var parts = good.Split('.');
        string?[] tokens =
        [
            null,
            "",
            "Bearer ",
            "nonsense",
            "a.b.c",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}",
            $"{parts[0]}.{parts[1]}.{parts[2][..^2]}AA",
            $"{parts[0]}.{Json(new { sub = peer, exp = InAnHour })}.{parts[2]}",
            Signed(
                new { alg = "HS256" },
                new { sub = user, exp = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds() },
                Keys.Ours),
            Signed(new { alg = "HS256" }, new { sub = user }, Keys.Ours),
            Signed(new { alg = "HS256" }, new { sub = user, exp = InAnHour, nbf = InAnHour - 60 }, Keys.Ours),
            Signed(new { alg = "HS256" }, new { sub = user, exp = InAnHour }, AnotherKey),
            Signed(new { alg = "HS512" }, new { sub = user, exp = InAnHour }, Keys.Ours, HMACSHA512.HashData),
            Signed(new { alg = "HS256" }, new { sub = "admin", exp = InAnHour }, Keys.Ours),
            Signed(new { alg = "HS256" }, new { exp = InAnHour }, Keys.Ours),
            $"{Json(new { alg = "none" })}.{Json(new { sub = user, exp = InAnHour })}.",
            $"{Json(new { alg = "None", typ = "JWT" })}.{Json(new { sub = user, exp = InAnHour })}.{parts[2]}",
            Signed(new { alg = "none" }, new { sub = user, exp = InAnHour }, Keys.Ours),
        ];
        foreach (var token in tokens)
        {
            foreach (var (method, target, body) in Requests(user, peer))
            {
                Assert.Equal((token, HttpStatusCode.Forbidden), (token, await AskAsync(service, token, method, target, body)));
            }
        }

        Assert.Equal(before, await service.Http.GetStringAsync("/count"));
        foreach (var (method, target, body) in Requests(user, peer))
        {
            Assert.Equal(
                method == HttpMethod.Post ? HttpStatusCode.Created : HttpStatusCode.OK, await AskAsync(
                    service, good, method, target, body));
            Assert.Equal(
                method == HttpMethod.Post ? HttpStatusCode.Created : HttpStatusCode.OK, await AskAsync(
                    service, $"Bearer {good}", method, target, body));
        }
    }

    [Fact]
    public async Task AnotherUsersDialog_IsNeitherReadNorWritten()
    {
        var service = await ServiceAsync();
        var (one, other, stranger) = (new Client(), new Client(), new Client());
        await one.SendAsync(service, other.User, "a secret");
        foreach (var (method, target, body) in Requests(one.User, other.User).Skip(2))
        {
            var (status, text, _) = await stranger.AskAsync(service, method, target, body);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        }

        // In the other shape the path names one user only, and the stranger is the other one.
        Assert.Empty((await stranger.ListAsync(service, one.User)).Messages);
        Assert.Empty((await stranger.ListAsync(service, other.User)).Messages);
        // Nor does a place of theirs lead into their dialog.
        var place = (await one.PageAsync(service, $"/api/v1/dialog/{other.User}/list?limit=1")).Next!.Split("before=")[1];
        Assert.Empty((await stranger.PageAsync(service, $"/api/v1/dialog/{one.User}/list?before=9{place}")).Messages);
        Assert.Empty((await stranger.PageAsync(service, $"/api/v1/dialog/{one.User}/list?before={place}")).Messages);
        // The other one of the two reads it, but does not write as the first.
        Assert.Single(
            (await other.PageAsync(service, $"/api/v1/dialog/list?from_user={one.User}&to_user={other.User}")).Messages);
        var (forged, _, _) = await other.AskAsync(
            service, HttpMethod.Post, "/api/v1/dialog/send", $$"""{"from_user":"{{one.User}}","to_user":"{{other.User}}","text":"x"}""");
        Assert.Equal(HttpStatusCode.Forbidden, forged);
    }

    private static (HttpMethod Method, string Target, string? Body)[] Requests(Guid from, Guid to) =>
    [
        (HttpMethod.Post, $"/api/v1/dialog/{to}/send", """{"text":"x"}"""),
        (HttpMethod.Get, $"/api/v1/dialog/{to}/list", null),
        (HttpMethod.Post, "/api/v1/dialog/send", $$"""{"from_user":"{{from}}","to_user":"{{to}}","text":"x"}"""),
        (HttpMethod.Get, $"/api/v1/dialog/list?from_user={from}&to_user={to}", null),
    ];

    private static async Task<HttpStatusCode> AskAsync(
        RunningService service, string? token, HttpMethod method, string target, string? body)
    {
        using var request = new HttpRequestMessage(method, target);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
        if (body is not null) request.Content = new StringContent(body);
        using var reply = await service.Http.SendAsync(request);
        return reply.StatusCode;
    }

    private static string Signed(object header, object claims, byte[] key, Func<byte[], byte[], byte[]>? sign = null)
    {
        var content = $"{Json(header)}.{Json(claims)}";
        var signature = (sign ?? HMACSHA256.HashData)(key, Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64UrlEncoder.Encode(signature)}";
    }

    private static string Json(object content) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(content));

    private Task<RunningService> ServiceAsync() => stores.ServiceAsync("Dialogs", "tarantool", Keys.Option);
}
