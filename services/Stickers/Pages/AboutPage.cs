using Stickers.Stores;
using Stickers.Writing;

namespace Stickers.Pages;

/// <summary>What the site is, and how much was voted.</summary>
internal static class AboutPage
{
    public static void Write(PageWriter page, Totals totals)
    {
        Frame.Begin(page, Section.About, "About"u8);
        page.Raw("<h1>About</h1><p class=\"lead\">Two stickers, one vote. What you think counts once.</p><dl>"u8);
        WriteCount(page, "votes"u8, totals.Votes);
        WriteCount(page, "for"u8, totals.Plus);
        WriteCount(page, "against"u8, totals.Minus);
        WriteCount(page, "sum of ratings"u8, totals.Plus - totals.Minus);
        WriteCount(page, "stickers"u8, totals.Stickers);
        WriteCount(page, "packs"u8, totals.Packs);
        page.Raw("""
            </dl><p>A page can be voted from for a few minutes, and each of its two stickers once: a second click says so and changes
            nothing. Any number of processes serve this site from one store, and any of them takes your vote.</p>
            <p>All of it as JSON: <a href="/stickers"><code>/stickers</code></a>, <a href="/stickers/1"><code>/stickers/{pack}</code></a>,
            <a href="/stickers/1/1"><code>/stickers/{pack}/{id}</code></a>; a picture alone:
            <a href="/stickers/1/1.svg"><code>/stickers/{pack}/{id}.svg</code></a>.</p>
            """u8);
        Frame.End(
            page,
            "The numbers of this page are at most five seconds old. Every picture is drawn by the program that serves it."u8);
    }

    private static void WriteCount(PageWriter page, ReadOnlySpan<byte> name, long count) =>
        page.Raw("<div><dt>"u8).Raw(name).Raw("</dt><dd>"u8).Number(count).Raw("</dd></div>"u8);
}
