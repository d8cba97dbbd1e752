using System.Globalization;
using Dialogs.Messages;
using Dialogs.Stores;
using Dialogs.Tokens;
using ServiceDefaults;
using static ServiceDefaults.Tracing;

namespace Dialogs.Endpoints;

/// <summary>
/// Send and list in both shapes: the one in which the token says who asks and the path to whom, and the one of the service that
/// was taken out of the other, in which both users are named. There too the token says who asks: as somebody else nobody sends,
/// and nobody reads a dialog that is not his own.
/// </summary>
internal sealed class DialogEndpoints(IDialogStore store, TokenReader tokens)
{
    private const int MostListed = 50;

    public static void Map(IEndpointRouteBuilder routes, IDialogStore store, TokenReader tokens)
    {
        var endpoints = new DialogEndpoints(store, tokens);
        routes.MapPost("/api/v1/dialog/{user}/send", Traced(endpoints.SendToAsync));
        routes.MapGet("/api/v1/dialog/{user}/list", Traced(endpoints.ListWithAsync));
        routes.MapPost("/api/v1/dialog/send", Traced(endpoints.SendAsync));
        routes.MapGet("/api/v1/dialog/list", Traced(endpoints.ListAsync));
        routes.MapGet("/count", http => CountReply.WriteAsync(http, store.CountAsync));
    }

    private async Task SendToAsync(HttpContext http)
    {
        if (await CallerAsync(http) is not { } caller) return;
        if (UserOf(http.Request.RouteValues["user"] as string) is not { } user) await NoUserAsync(http, "the path");
        else if (await ReadAsync(http) is { } body) await StoreAsync(http, caller, user, body);
    }

    private async Task SendAsync(HttpContext http)
    {
        if (await CallerAsync(http) is not { } caller || await ReadAsync(http) is not { } body) return;
        if (body.From is not { } from) await NoUserAsync(http, "from_user");
        else if (body.To is not { } to) await NoUserAsync(http, "to_user");
        else if (from != caller) await ForbidAsync(http, "from_user is not the token's user");
        else await StoreAsync(http, from, to, body);
    }

    private async Task ListWithAsync(HttpContext http)
    {
        if (await CallerAsync(http) is not { } caller) return;
        if (UserOf(http.Request.RouteValues["user"] as string) is not { } user) await NoUserAsync(http, "the path");
        else await AnswerPageAsync(http, Dialog.Of(caller, user), $"/api/v1/dialog/{user}/list?", isEmptyFound: true);
    }

    private async Task ListAsync(HttpContext http)
    {
        if (await CallerAsync(http) is not { } caller) return;
        if (UserOf(http.Request.Query["from_user"]) is not { } from) await NoUserAsync(http, "from_user");
        else if (UserOf(http.Request.Query["to_user"]) is not { } to) await NoUserAsync(http, "to_user");
        else if (caller != from && caller != to) await ForbidAsync(http, "the token's user is neither from_user nor to_user");
        else await AnswerPageAsync(http, Dialog.Of(from, to), $"/api/v1/dialog/list?from_user={from}&to_user={to}&", isEmptyFound: false);
    }

    /// <summary>Null when 403 was answered.</summary>
    private async ValueTask<Guid?> CallerAsync(HttpContext http)
    {
        var caller = await tokens.ReadAsync(http.Request.Headers.Authorization);
        if (caller is null) await ForbidAsync(http, "Authorization holds no token that is valid now: get one and send it there");
        return caller;
    }

    /// <summary>Null when 400 or 413 was answered.</summary>
    private static async ValueTask<SendBody?> ReadAsync(HttpContext http)
    {
        if (await RequestBody.ReadAsync(http, SendBody.MostBytes) is not { } bytes) return null;
        var body = SendBody.Read(bytes);
        var problem = body.Problem ?? (body.Text is null ? "text is missing or empty" : null);
        if (problem is null) return body;
        await RefuseAsync(http, problem);
        return null;
    }

    private async Task StoreAsync(HttpContext http, Guid from, Guid to, SendBody body)
    {
        var draft = new Draft { From = from, To = to, MessageId = body.MessageId, Text = body.Text! };
        var receipt = await store.SendAsync(draft, http.RequestAborted);
        await JsonReply.WriteAsync(http, StatusCodes.Status201Created, receipt, MessageJson.Write);
    }

    private async Task AnswerPageAsync(HttpContext http, Dialog dialog, string target, bool isEmptyFound)
    {
        if (LimitOf(http.Request.Query["limit"]) is not { } most)
        {
            await RefuseAsync(http, $"limit must be a number from 1 to {MostListed}");
            return;
        }

        var before = http.Request.Query["before"].ToString();
        Place? place = Place.TryParse(before, out var given) ? given : null;
        if (place is null && before.Length > 0)
        {
            await RefuseAsync(http, "before must be what a Link of an earlier page has there");
            return;
        }

        var page = await store.ListAsync(dialog, most, place, http.RequestAborted);
        if (page.Count == 0 && place is null && !isEmptyFound)
        {
            await Problem.WriteAsync(http, StatusCodes.Status404NotFound, "these two have no dialog");
            return;
        }

        // RFC 8288. A page that is full may be the last one all the same: then the next is empty.
        if (page.Count == most) http.Response.Headers.Link = $"<{target}limit={most}&before={page[^1].Place}>; rel=\"next\"";
        await JsonReply.WriteAsync(http, StatusCodes.Status200OK, page, MessageJson.Write);
    }

    private static int? LimitOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return MostListed;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= MostListed
            ? most
            : null;
    }

    private static Guid? UserOf(string? text) => Guid.TryParseExact(text, "D", out var user) ? user : null;

    private static Task NoUserAsync(HttpContext http, string where) =>
        RefuseAsync(http, $"{where} names no user: give a UUID");

    private static Task RefuseAsync(HttpContext http, string title) =>
        Problem.WriteAsync(http, StatusCodes.Status400BadRequest, title);

    private static Task ForbidAsync(HttpContext http, string title) =>
        Problem.WriteAsync(http, StatusCodes.Status403Forbidden, title);
}
