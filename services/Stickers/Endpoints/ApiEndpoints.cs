using System.Globalization;
using System.Text.Json;
using ServiceDefaults;
using Stickers.Collection;
using Stickers.Drawing;
using Stickers.Stores;

namespace Stickers.Endpoints;

/// <summary>Packs and stickers as JSON, and pictures alone.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder routes, IStickersStore store)
    {
        routes.MapGet("/stickers", http => PacksAsync(http, store));
        routes.MapGet("/stickers/{pack}", http => PackAsync(http, store));
        routes.MapGet("/stickers/{pack}/{number}", http => StickerAsync(http, store));
        routes.MapGet("/stickers/{pack}/{number}.svg", PictureAsync);
    }

    private static async Task PacksAsync(HttpContext http, IStickersStore store)
    {
        var packs = await store.PacksAsync(http.RequestAborted);
        await JsonReply.WriteAsync(http, StatusCodes.Status200OK, packs, static (json, packs) =>
        {
            json.WriteStartArray();
            foreach (var pack in packs) WritePack(json, pack.Id, pack.Name, stickers: null);
            json.WriteEndArray();
        });
    }

    private static async Task PackAsync(HttpContext http, IStickersStore store)
    {
        var stickers = NumberOf(http, "pack") is { } pack ? await store.OfPackAsync(pack, http.RequestAborted) : [];
        await (stickers.Count == 0
            ? Problem.WriteAsync(
                http, StatusCodes.Status404NotFound, $"there is no such pack: they are 1 to {StickerCollection.PackCount}")
            : JsonReply.WriteAsync(
                http, StatusCodes.Status200OK, stickers, static (json, all) => WritePack(
                    json, all[0].Place.Pack, all[0].PackName, all)));
    }

    private static async Task StickerAsync(HttpContext http, IStickersStore store)
    {
        var sticker = PlaceOf(http) is { } place ? await store.FindAsync(place.Id, http.RequestAborted) : null;
        await (sticker is null
            ? NotThereAsync(http)
            : JsonReply.WriteAsync(http, StatusCodes.Status200OK, sticker, WriteSticker));
    }

    private static async Task PictureAsync(HttpContext http)
    {
        if (PlaceOf(http) is not { } place)
        {
            await NotThereAsync(http);
            return;
        }

        var picture = PageAnswer.Written(place, static (svg, place) =>
        {
            svg.Raw("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-6 -6 132 132\">"u8);
            StickerDrawing.Write(svg, place);
            svg.Raw("</svg>\n"u8);
        });
        http.Response.ContentType = "image/svg+xml";
        http.Response.ContentLength = picture.Length;
        http.Response.Headers.CacheControl = "public, max-age=86400"; // the same for ever
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        await http.Response.BodyWriter.WriteAsync(picture, http.RequestAborted);
    }

    private static void WritePack(Utf8JsonWriter json, int id, string name, IReadOnlyList<Sticker>? stickers)
    {
        json.WriteStartObject();
        json.WriteNumber("pack", id);
        json.WriteString("name", name);
        json.WriteString("url", $"/stickers/{id}");
        json.WriteNumber("count", StickerCollection.StickersEach);
        if (stickers is not null)
        {
            json.WriteStartArray("stickers");
            foreach (var sticker in stickers) WriteSticker(json, sticker);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSticker(Utf8JsonWriter json, Sticker sticker)
    {
        json.WriteStartObject();
        json.WriteNumber("pack", sticker.Place.Pack);
        json.WriteNumber("id", sticker.Place.Number);
        json.WriteString("name", sticker.Name);
        json.WriteString("packName", sticker.PackName);
        json.WriteString("comment", sticker.Comment);
        json.WriteString("url", $"/stickers/{sticker.Place.Pack}/{sticker.Place.Number}.svg");
        json.WriteNumber("plus", sticker.Plus);
        json.WriteNumber("minus", sticker.Minus);
        json.WriteNumber("rating", sticker.Rating);
        json.WriteEndObject();
    }

    private static Task NotThereAsync(HttpContext http) => Problem.WriteAsync(
        http, StatusCodes.Status404NotFound,
        $"there is no such sticker: packs are 1 to {StickerCollection.PackCount}, with stickers 1 to {StickerCollection.StickersEach}");

    /// <summary>Null when there is none.</summary>
    private static StickerPlace? PlaceOf(HttpContext http) =>
        NumberOf(http, "pack") is { } pack && NumberOf(http, "number") is { } number
            && new StickerPlace(pack, number) is { IsThere: true } place
            ? place
            : null;

    private static int? NumberOf(HttpContext http, string name) =>
        int.TryParse(http.Request.RouteValues[name] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
