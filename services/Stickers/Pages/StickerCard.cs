using Stickers.Collection;
using Stickers.Drawing;
using Stickers.Writing;

namespace Stickers.Pages;

/// <summary>A sticker in a page: its picture, its name, and what people think of it.</summary>
internal static class StickerCard
{
    /// <summary>Picture, name, pack.</summary>
    public static PageWriter WriteFace(PageWriter page, Sticker sticker)
    {
        page.Raw("<svg viewBox=\"0 0 120 120\" role=\"img\" aria-label=\""u8).Text(sticker.Name).Raw("\">"u8);
        StickerDrawing.Write(page, sticker.Place);
        // bdi: a name that turns the direction of writing turns its own only.
        return page.Raw("</svg><h2><bdi>"u8).Text(sticker.Name).Raw("</bdi></h2><p class=\"pack\"><bdi>"u8)
            .Text(sticker.PackName).Raw("</bdi></p>"u8);
    }

    public static PageWriter WriteComment(PageWriter page, Sticker sticker) =>
        page.Raw("<p class=\"comment\"><bdi>"u8).Text(sticker.Comment).Raw("</bdi></p>"u8);

    public static PageWriter WriteRating(PageWriter page, Sticker sticker) =>
        page.Raw("<p class=\"rating\">Rating <b>"u8).Number(sticker.Rating).Raw("</b></p>"u8);
}
