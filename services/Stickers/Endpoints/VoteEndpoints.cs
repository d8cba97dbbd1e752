using ServiceDefaults;
using Stickers.Collection;
using Stickers.Pages;
using Stickers.Signing;
using Stickers.Stores;

namespace Stickers.Endpoints;

/// <summary>
/// POST /vote_plus and /vote_minus with a page's token: the vote and the next page in one round trip to the store. GET /votes
/// tells how many were counted.
/// </summary>
internal static class VoteEndpoints
{
    private const int MostBodyBytes = 1024;

    private const string Replayed = "This vote was counted already, and counts once. Here are two more stickers.";
    private const string Expired = "That page was open for too long, so the vote does not count. Vote on this one.";
    private const string Forged = "That vote's token is not one of ours, so it does not count. Vote on this page.";
    private const string Missing = "A vote needs the token of a page, so this one does not count. Vote on this page.";

    public static void MapVotes(
        this IEndpointRouteBuilder routes, IPageReads reads, IStickersStore store, VoteTokens tokens, Sessions sessions)
    {
        routes.MapPost("/vote_plus", http => VoteAsync(http, isPlus: true));
        routes.MapPost("/vote_minus", http => VoteAsync(http, isPlus: false));
        routes.MapGet("/votes", http => CountReply.WriteAsync(http, async token => (await store.CountAsync(token)).Votes));

        async Task VoteAsync(HttpContext http, bool isPlus)
        {
            if (await RequestBody.ReadAsync(http, MostBodyBytes) is not { } body) return;
            var token = tokens.Read(FormField.Find(body, "token"u8));
            if (token.State != TokenState.Good)
            {
                await RefuseAsync(http, await reads.PickAsync(http.RequestAborted), token.State);
                return;
            }

            // Not given up when the visitor leaves: the vote is under way, and he may ask again with the same token.
            var vote = new Vote(token.Id, token.StickerId, isPlus, token.ExpiresUnixSeconds, tokens.ForgottenUnixSeconds);
            var voted = await store.VoteAsync(vote, CancellationToken.None);
            await (voted.IsCounted ? ThankAsync(http, voted) : RefuseAsync(http, voted.Next, TokenState.Spent));
        }

        Task ThankAsync(HttpContext http, Voted voted)
        {
            var session = sessions.Read(http) ?? Sessions.Begin();
            session = session with { Votes = session.Votes + 1 };
            sessions.Write(http, session);
            return SendAsync(http, StatusCodes.Status200OK, voted.Next, session.Votes, voted.Sticker, refusal: null);
        }

        Task RefuseAsync(HttpContext http, Pair next, TokenState state)
        {
            var (status, refusal) = state switch
            {
                TokenState.Spent => (StatusCodes.Status409Conflict, Replayed),
                TokenState.Expired => (StatusCodes.Status410Gone, Expired),
                TokenState.Missing => (StatusCodes.Status400BadRequest, Missing),
                _ => (StatusCodes.Status403Forbidden, Forged),
            };
            return SendAsync(http, status, next, sessions.Read(http)?.Votes ?? 0, voted: null, refusal);
        }

        Task SendAsync(HttpContext http, int status, Pair next, uint votes, Sticker? voted, string? refusal) =>
            PageAnswer.SendAsync(
                http,
                status,
                new VotePageContent { Pair = next, Tokens = tokens, Votes = votes, Voted = voted, Refusal = refusal },
                VotePage.Write);
    }
}
