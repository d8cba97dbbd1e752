using System.Security.Cryptography;
using System.Text;
using ServiceDefaults;
using Stickers.Writing;

namespace Stickers.Pages;

/// <summary>
/// What is around every page. The style goes along: one round trip shows all of it, and no script is needed or allowed.
/// </summary>
internal static class Frame
{
    private static readonly byte[] Style = Encoding.UTF8.GetBytes(Schema.Read(typeof(Frame), "Stickers.css"));

    /// <summary>Nothing is loaded, run or sent anywhere but a form to ourselves; of styles ours alone is taken.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Style))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static PageWriter Begin(PageWriter page, Section section, ReadOnlySpan<byte> title)
    {
        page.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"u8)
            .Raw(title).Raw(" - Stickers</title><style>"u8).Raw(Style)
            .Raw("</style></head><body><header><a class=\"mark\" href=\"/\">Stickers</a><nav aria-label=\"Sections\">"u8);
        Link(page, "/"u8, "Vote"u8, section == Section.Vote);
        Link(page, "/good"u8, "Good"u8, section == Section.Good);
        Link(page, "/bad"u8, "Bad"u8, section == Section.Bad);
        Link(page, "/ugly"u8, "Ugly"u8, isHere: false);
        Link(page, "/about"u8, "About"u8, section == Section.About);
        return page.Raw("</nav></header><main>"u8);
    }

    public static void End(PageWriter page, ReadOnlySpan<byte> footer) =>
        page.Raw("</main><footer>"u8).Raw(footer).Raw("</footer></body></html>\n"u8);

    private static void Link(PageWriter page, ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, bool isHere) =>
        page.Raw("<a href=\""u8).Raw(path).Raw(isHere ? "\" aria-current=\"page\">"u8 : "\">"u8).Raw(name).Raw("</a>"u8);
}
