namespace Stickers.Drawing;

/// <summary>Outlines in a square of 120, as the data of SVG paths (SVG 2, 9.3).</summary>
internal static class Bodies
{
    public const int Count = 6;
    public const int EarCount = 6;

    public static ReadOnlySpan<byte> Of(int body) => body switch
    {
        0 => "M60 26C86 26 102 46 102 70S86 108 60 108 18 94 18 70 34 26 60 26Z"u8,
        1 => "M60 22C82 22 99 56 99 78S83 108 60 108 21 100 21 78 38 22 60 22Z"u8,
        2 => "M42 28H78C95 28 101 36 101 52V84C101 100 95 108 78 108H42C25 108 19 100 19 84V52C19 36 25 28 42 28Z"u8,
        3 => "M60 24C84 24 98 42 98 64V106L85 97 72 107 60 97 48 107 35 97 22 106V64C22 42 36 24 60 24Z"u8,
        4 => "M36 106C18 106 10 92 16 80 8 66 18 52 31 52 33 35 48 27 60 30 75 23 89 35 89 52 104 53 112 68 104 80 110 94 100 106 84 106Z"u8,
        _ => "M60 18C68 36 101 54 101 78 101 96 83 108 60 108S19 96 19 78C19 54 52 36 60 18Z"u8,
    };

    /// <summary>What stands out behind the body; may be nothing.</summary>
    public static ReadOnlySpan<byte> EarsOf(int ears) => ears switch
    {
        0 => ""u8,
        1 => "M26 60L24 18 58 34ZM94 60L96 18 62 34Z"u8,
        2 => "M18 38a15 15 0 1 0 30 0a15 15 0 1 0-30 0ZM72 38a15 15 0 1 0 30 0a15 15 0 1 0-30 0Z"u8,
        3 => "M36 44C26 24 28 6 38 6S52 22 52 40ZM84 44C94 24 92 6 82 6S68 22 68 40Z"u8,
        4 => "M44 38L49 36 38 14 35 16ZM29 13a6 6 0 1 0 12 0a6 6 0 1 0-12 0ZM76 38L85 16 82 14 71 36ZM79 13a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z"u8,
        _ => "M30 48C18 42 16 26 22 14 26 28 36 32 46 34ZM90 48C102 42 104 26 98 14 94 28 84 32 74 34Z"u8,
    };
}
