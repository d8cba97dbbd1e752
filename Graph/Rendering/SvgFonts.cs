namespace Graph.Rendering;

/// <summary>
/// Both renderers name one font, and gnuplot writes its weight into that name; a browser needs others to fall back on.
/// </summary>
internal static class SvgFonts
{
    /// <summary>What pictures are set in, and what <see cref="TextMeasure"/> knows the widths of.</summary>
    public const string Name = "DejaVu Sans";

    private const string Fallbacks = $"font-family=\"{Name}, Verdana, Helvetica, Arial, sans-serif\"";

    public static string WithFallbacks(string svg) => svg
        .Replace($"font-family=\"{Name}:Bold\"", $"{Fallbacks} font-weight=\"bold\"", StringComparison.Ordinal)
        .Replace($"font-family=\"{Name}\"", Fallbacks, StringComparison.Ordinal);
}
