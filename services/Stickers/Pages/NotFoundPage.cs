using Stickers.Writing;

namespace Stickers.Pages;

/// <summary>For who followed a wrong link.</summary>
internal static class NotFoundPage
{
    public static void Write(PageWriter page)
    {
        Frame.Begin(page, Section.None, "Not here"u8);
        page.Raw("<h1>There is nothing here</h1><p class=\"lead\">The sections above are all there is. <a href=\"/\">Vote for a sticker</a>.</p>"u8);
        Frame.End(page, "404"u8);
    }
}
