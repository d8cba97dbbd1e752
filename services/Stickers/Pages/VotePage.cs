using Stickers.Collection;
using Stickers.Signing;
using Stickers.Writing;

namespace Stickers.Pages;

/// <summary>Two stickers to vote for or against, and what came of the last vote.</summary>
internal static class VotePage
{
    public static void Write(PageWriter page, VotePageContent content)
    {
        Frame.Begin(page, Section.Vote, "Vote"u8);
        WriteNotice(page, content);
        page.Raw(
            "<h1>Which one do you like?</h1><p class=\"lead\">Vote for one of them, or against it.</p><div class=\"pair\">"u8);
        WriteCard(page, content.Pair.First, content.Tokens);
        WriteCard(page, content.Pair.Second, content.Tokens);
        page.Raw("</div>"u8);
        page.Raw("<p class=\"lead\">"u8);
        if (content.Votes == 0) page.Raw("You have not voted yet."u8);
        else page.Raw("You have voted "u8).Number(content.Votes).Raw(content.Votes == 1 ? " time."u8 : " times."u8);
        page.Raw("</p>"u8);
        Frame.End(page, "Each of these two can be voted on once, within a few minutes."u8);
    }

    private static void WriteCard(PageWriter page, Sticker sticker, VoteTokens tokens)
    {
        Span<byte> token = stackalloc byte[Seal.Letters];
        tokens.Write(sticker.Id, token);
        page.Raw("<article class=\"card\">"u8);
        StickerCard.WriteFace(page, sticker);
        StickerCard.WriteComment(page, sticker);
        StickerCard.WriteRating(page, sticker);
        page.Raw("<form method=\"post\" action=\"/vote_plus\"><input type=\"hidden\" name=\"token\" value=\""u8).Raw(token)
            .Raw("\"><button class=\"plus\">Like</button><button class=\"minus\" formaction=\"/vote_minus\">Dislike</button></form></article>"u8);
    }

    private static void WriteNotice(PageWriter page, VotePageContent content)
    {
        if (content.Voted is { } sticker)
        {
            page.Raw("<p class=\"notice\" role=\"status\">Counted: <b><bdi>"u8).Text(sticker.Name)
                .Raw("</bdi></b> now has a rating of <b id=\"rating\">"u8).Number(sticker.Rating).Raw("</b>.</p>"u8);
        }
        else if (content.Refusal is { } refusal)
        {
            page.Raw("<p class=\"notice no\" role=\"alert\">"u8).Text(refusal).Raw("</p>"u8);
        }
    }
}
