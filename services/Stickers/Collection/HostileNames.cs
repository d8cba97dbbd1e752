namespace Stickers.Collection;

/// <summary>Names that are code where somebody forgets that they are text: in a page, a picture, a store, a log.</summary>
internal static class HostileNames
{
    private const int StickersBetween = 50;
    private const int PacksBetween = 90;

    private static readonly string[] Names =
    [
        "<script>document.title='owned'</script>",
        "\"><img src=x onerror=\"document.title='owned'\">",
        "' onmouseover='document.title=\"owned\"",
        "</title></svg><script>document.title='owned'</script>",
        "<svg/onload=document.title='owned'>",
        "javascript:document.title='owned'",
        "&lt;b&gt; &amp;amp; &#x3c;i&#x3e;",
        "'); DROP TABLE stickers; --",
        "]]><!-- {{7*7}} ${7*7} %3Cscript%3E",
        "\u202eright to left\u202c \u200b\ufeff",
        "{\"rating\":1000000}\r\nSet-Cookie: a=b",
        "\u0001\u0008\u001b[31mred\u007f",
        "\U0001f98a\u0301\u0302\u0303 fox \U0001f469\u200d\U0001f680",
        new('W', 200),
    ];

    /// <summary>Null for a sticker whose name is a name.</summary>
    public static string? Of(int stickerId) =>
        stickerId % StickersBetween == 7 ? Names[stickerId / StickersBetween % Names.Length] : null;

    /// <summary>Null for a pack whose name is a name.</summary>
    public static string? OfPack(int pack) => pack % PacksBetween == 13 ? Names[pack / PacksBetween % Names.Length] : null;
}
