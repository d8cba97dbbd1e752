using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>A user with a token, who asks any process.</summary>
internal sealed partial class Client(Guid user)
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _token = Keys.TokenOf(user);

    public Client() : this(Guid.NewGuid())
    {
    }

    public Guid User { get; } = user;

    public static string Body(string text, string? messageId = null) =>
        JsonSerializer.Serialize(messageId is null ? new { text } : (object)new { text, message_id = messageId });

    /// <summary>The reply to any request, with this user's token.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Reply)> AskAsync(
        RunningService service, HttpMethod method, string target, string? body = null)
    {
        using var request = new HttpRequestMessage(method, target);
        request.Headers.TryAddWithoutValidation("Authorization", _token);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var reply = await service.Http.SendAsync(request);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply);
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        RunningService service, Guid to, string text, string? messageId = null)
    {
        var (status, body, _) = await AskAsync(service, HttpMethod.Post, $"/api/v1/dialog/{to}/send", Body(text, messageId));
        return (status, body);
    }

    public Task<Page> ListAsync(RunningService service, Guid with) => PageAsync(service, $"/api/v1/dialog/{with}/list");

    public async Task<Page> PageAsync(RunningService service, string target)
    {
        var (status, body, reply) = await AskAsync(service, HttpMethod.Get, target);
        if (status != HttpStatusCode.OK) throw new InvalidDataException($"{target}: {(int)status} {body}");
        var link = reply.Headers.TryGetValues("Link", out var links) ? Next().Match(links.Single()).Groups[1].Value : null;
        return new Page(JsonSerializer.Deserialize<Listed[]>(body, SnakeCase)!, link);
    }

    /// <summary>All pages, to the end.</summary>
    public async Task<List<Listed>> ListAllAsync(RunningService service, Guid with, int limit = 50)
    {
        var all = new List<Listed>();
        for (var target = $"/api/v1/dialog/{with}/list?limit={limit}"; target is not null;)
        {
            var page = await PageAsync(service, target);
            all.AddRange(page.Messages);
            target = page.Next;
        }

        return all;
    }

    [GeneratedRegex(@"\A<(.*)>; rel=""next""\z")]
    private static partial Regex Next();
}
