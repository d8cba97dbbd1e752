using Stickers.Collection;
using Stickers.Writing;

namespace Stickers.Pages;

/// <summary>The nine best, or the nine worst.</summary>
internal static class RankPage
{
    public static void Write(PageWriter page, bool isBest, IReadOnlyList<Sticker> stickers)
    {
        Frame.Begin(page, isBest ? Section.Good : Section.Bad, isBest ? "Good"u8 : "Bad"u8);
        page.Raw(isBest
            ? "<h1>The good</h1><p class=\"lead\">The nine that people like most.</p><ol class=\"ranks\">"u8
            : "<h1>The bad</h1><p class=\"lead\">The nine that people like least.</p><ol class=\"ranks\">"u8);
        for (var place = 0; place < stickers.Count; place++)
        {
            page.Raw("<li class=\"card\"><span class=\"place\">"u8).Number(place + 1).Raw("</span>"u8);
            StickerCard.WriteFace(page, stickers[place]);
            StickerCard.WriteRating(page, stickers[place]).Raw("</li>"u8);
        }

        page.Raw("</ol>"u8);
        Frame.End(page, "Each vote is counted once, and shows here at once."u8);
    }
}
