using System.Net;
using System.Text;
using System.Text.Json;
using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>Both shapes of the API, as a client meets them.</summary>
public sealed class EndpointTests(RunningStores stores)
{
    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task HostileTexts_ComeBackByteForByte(string name)
    {
        var service = await ServiceAsync(name);
        var (user, peer) = (new Client(), Guid.NewGuid());
        string[] texts =
        [
            "'; DROP TABLE messages; --", "\0", "a\0b\0", "\"\\/\b\f\n\r\t", "{\"text\":\"x\"}",
            "</script><script>alert(1)</script>", "%s%n$1 $$ ${x} {{id}}",
            "\u0001\u001f\u007f\u0080\u009f", "\u202e\u2066\ufeff\ufffe\uffff\ufffd",
            "\U0001F468\u200D\U0001F469\u200D\U0001F467 \U0010FFFF", "e\u0301 é",
            "]] end os.exit() --[[", "\u2028\u2029", " ", "\n", new string('\u0416', 10_000), new string('\0', 10_000),
        ];
        foreach (var text in texts)
        {
            var (status, _) = await user.SendAsync(service, peer, text, text[..Math.Min(text.Length, 30)]);
            Assert.Equal(HttpStatusCode.Created, status);
        }

        // As raw bytes too, not only as our own writer escapes them.
        using var raw = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/dialog/{peer}/send");
        raw.Headers.TryAddWithoutValidation("Authorization", Keys.TokenOf(user.User));
        raw.Content = new ByteArrayContent(
            [.. "{ \"x\": [{}], \"text\":\""u8, .. Encoding.UTF8.GetBytes("\U0010FFFF\u2028é</"), .. "\\u00e9\" }\n"u8]);
        using var reply = await service.Http.SendAsync(raw);
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        var listed = await user.ListAllAsync(service, peer);
        Assert.Equal([.. texts, "\U0010FFFF\u2028é</é"], listed.Select(message => message.Text).Reverse());
        // An id is as hostile as a text, and known again all the same.
        await user.SendAsync(service, peer, "x", texts[1]);
        Assert.Equal(texts.Length + 1, (await user.ListAllAsync(service, peer)).Count);
    }

    [Fact]
    public async Task BadRequests_Are400WithAReason()
    {
        var service = await ServiceAsync("tarantool");
        var (user, peer) = (new Client(), Guid.NewGuid());
        string[] bodies =
        [
            "", "{", "[]", "null", "\"text\"", "{}", """{"text":null}""", """{"text":""}""", """{"text":5}""", """{"text":{"a":1}}""", """{"text":"x"} x""",
            """{"text":"x",}""", """{"text":"\ud800"}""", """{"text":"x","message_id":""}""", """{"text":"x","message_id":7}""",
            $$"""{"text":"x","message_id":"{{new string('é', 65)}}"}""",
        ];
        foreach (var body in bodies)
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, await SendAsync($"/api/v1/dialog/{peer}/send", body)));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync("/api/v1/dialog/bob/send", """{"text":"x"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync("/api/v1/dialog/send", """{"text":"x"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync("/api/v1/dialog/send", $$"""{"text":"x","from_user":"{{user.User}}","to_user":"bob"}"""));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await SendAsync(
                $"/api/v1/dialog/{peer}/send", Client.Body(new string('x', 70_000))));
        Assert.Equal(
            HttpStatusCode.Created, await SendAsync($"/api/v1/dialog/{peer}/send", Client.Body("x", new string('é', 64))));
        string[] targets =
        [
            "/api/v1/dialog/bob/list", $"/api/v1/dialog/{peer}/list?limit=0", $"/api/v1/dialog/{peer}/list?limit=51",
            $"/api/v1/dialog/{peer}/list?limit=x",
            $"/api/v1/dialog/{peer}/list?before=x", $"/api/v1/dialog/{peer}/list?before=-1-{peer}",
            $"/api/v1/dialog/{peer}/list?before=1", "/api/v1/dialog/list",
            $"/api/v1/dialog/list?from_user={user.User}", $"/api/v1/dialog/list?from_user={user.User}&to_user=bob",
        ];
        foreach (var target in targets)
        {
            var (status, body, reply) = await user.AskAsync(service, HttpMethod.Get, target);
            Assert.Equal((target, HttpStatusCode.BadRequest), (target, status));
            Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(JsonDocument.Parse(body).RootElement.GetProperty("title").GetString()!);
        }

        async Task<HttpStatusCode> SendAsync(string target, string body) =>
            (await user.AskAsync(service, HttpMethod.Post, target, body)).Status;
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task TheOtherShape_SameDialog_And404WhereThereIsNone(string name)
    {
        var service = await ServiceAsync(name);
        var (one, other) = (new Client(), new Client());
        var target = $"/api/v1/dialog/list?from_user={other.User}&to_user={one.User}";
        Assert.Equal(HttpStatusCode.NotFound, (await one.AskAsync(service, HttpMethod.Get, target)).Status);
        var (status, body, _) = await one.AskAsync(
            service, HttpMethod.Post, "/api/v1/dialog/send", $$"""{"from_user":"{{one.User}}","to_user":"{{other.User}}","text":"hello","message_id":"1"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        var users = new[] { $"{one.User}", $"{other.User}" }.Order(StringComparer.Ordinal).ToArray();
        Assert.Equal($"{users[0]}_{users[1]}", JsonDocument.Parse(body).RootElement.GetProperty("dialog_id").GetString());
        Assert.Equal(body, (await one.SendAsync(service, other.User, "hello", "1")).Body);
        for (var index = 0; index < 60; index++) await other.SendAsync(service, one.User, $"{index}");
        var first = await one.PageAsync(service, target);
        Assert.Equal(50, first.Messages.Count);
        var second = await one.PageAsync(service, first.Next!);
        Assert.Equal(
            ("hello", one.User, other.User), (second.Messages[^1].Text, second.Messages[^1].From, second.Messages[^1].To));
        Assert.Equal(11, second.Messages.Count);
        Assert.Null(second.Next);
        // Somebody's dialog with himself is one too.
        await one.SendAsync(service, one.User, "note");
        Assert.Equal(
            (one.User, one.User, "note"), (await one.ListAsync(service, one.User)).Messages.Select(
                note => (note.From, note.To, note.Text)).Single());
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task StoreIsDown_503AndTheTracingIdComesBack(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        await using var service = await RunningService.StartAsync("Dialogs", store.Url, [.. Keys.Option, "--log", "json"]);
        var (user, peer) = (new Client(), Guid.NewGuid());
        foreach (var isDown in (bool[])[false, true])
        {
            if (isDown) await store.KillServerAsync();
            foreach (var (method, target, status) in ((HttpMethod, string, HttpStatusCode)[])
                [
                    (HttpMethod.Post, $"/api/v1/dialog/{peer}/send", HttpStatusCode.Created),
                    (HttpMethod.Get, $"/api/v1/dialog/{peer}/list", HttpStatusCode.OK),
                ])
            {
                foreach (var id in (string?[])["trace 1/2", null, new string('x', 129)])
                {
                    using var request = new HttpRequestMessage(method, target);
                    request.Headers.TryAddWithoutValidation("Authorization", Keys.TokenOf(user.User));
                    if (id is not null) request.Headers.TryAddWithoutValidation("X-Tracing-Id", id);
                    if (method == HttpMethod.Post) request.Content = new StringContent("""{"text":"x"}""");
                    using var reply = await service.Http.SendAsync(request);
                    Assert.Equal(isDown ? HttpStatusCode.ServiceUnavailable : status, reply.StatusCode);
                    var traced = reply.Headers.GetValues("X-Tracing-Id").Single();
                    if (id?.Length < 129) Assert.Equal(id, traced);
                    else Assert.True(Guid.TryParse(traced, out _), traced);
                }
            }
        }

        await service.Process.WaitForOutputAsync("\"status\":503.*\"tracingId\":\"trace 1/2\"");
    }

    private Task<RunningService> ServiceAsync(string name) => stores.ServiceAsync("Dialogs", name, Keys.Option);
}
