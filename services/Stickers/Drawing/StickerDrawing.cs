using Stickers.Collection;
using Stickers.Writing;

namespace Stickers.Drawing;

/// <summary>
/// A sticker as SVG, drawn from its numbers alone: the pack says what kind of creature it is, the number who it is. No name goes
/// in, and no id, so that any number of drawings stand in one page.
/// </summary>
internal static class StickerDrawing
{
    private const int Hues = 360;

    /// <summary>Writes the drawing without the element around it.</summary>
    public static void Write(PageWriter page, StickerPlace place)
    {
        var kind = new Dice(place.Pack);
        var (body, ears, packHue, isSpotted) =
            (kind.Throw(Bodies.Count), kind.Throw(Bodies.EarCount), kind.Throw(Hues), kind.Throw(3) == 0);
        var self = new Dice(-place.Id);
        var hue = (packHue + self.Throw(60) + Hues - 30) % Hues;
        var tilt = self.Throw(17) - 8;

        page.Raw("<g transform=\"rotate("u8).Number(tilt)
            .Raw(" 60 66)\"><path fill=\"#fff\" stroke=\"#fff\" stroke-width=\"13\" stroke-linejoin=\"round\" d=\""u8)
            .Raw(Bodies.EarsOf(ears)).Raw(Bodies.Of(body)).Raw("\"/>"u8);
        page.Raw("<path fill=\"hsl("u8).Number(hue).Raw(",60%,48%)\" d=\""u8).Raw(Bodies.EarsOf(ears)).Raw("\"/>"u8);
        page.Raw("<path fill=\"hsl("u8).Number(hue).Raw(",72%,66%)\" d=\""u8).Raw(Bodies.Of(body)).Raw("\"/>"u8);
        if (isSpotted) WriteSpots(page, hue, ref self);
        page.Raw("<g fill=\"hsl("u8).Number((hue + 330) % Hues)
            .Raw(",85%,72%)\" fill-opacity=\".7\"><ellipse cx=\"32\" cy=\"79\" rx=\"7\" ry=\"4.5\"/><ellipse cx=\"88\" cy=\"79\" rx=\"7\" ry=\"4.5\"/></g><g fill=\"#222\">"u8);
        page.Raw(Faces.EyesOf(self.Throw(Faces.EyeCount))).Raw(Faces.MouthOf(self.Throw(Faces.MouthCount)))
            .Raw("</g>"u8).Raw(Faces.WearOf(self.Throw(Faces.WearCount))).Raw("</g>"u8);
    }

    private static void WriteSpots(PageWriter page, int hue, ref Dice self)
    {
        page.Raw("<g fill=\"hsl("u8).Number(hue).Raw(",66%,56%)\">"u8);
        for (var spot = 0; spot < 4; spot++)
        {
            page.Raw("<circle cx=\""u8).Number(36 + self.Throw(48)).Raw("\" cy=\""u8).Number(46 + self.Throw(52))
                .Raw("\" r=\""u8).Number(3 + self.Throw(4)).Raw("\"/>"u8);
        }

        page.Raw("</g>"u8);
    }
}
