namespace Graph.Rendering;

/// <summary>gnuplot names one font and writes its weight into that name; a browser needs others to fall back on.</summary>
internal static class SvgFonts
{
    private const string Fallbacks = "font-family=\"DejaVu Sans, Verdana, Helvetica, Arial, sans-serif\"";

    public static string WithFallbacks(string svg) => svg
        .Replace("font-family=\"DejaVu Sans:Bold\"", $"{Fallbacks} font-weight=\"bold\"", StringComparison.Ordinal)
        .Replace("font-family=\"DejaVu Sans\"", Fallbacks, StringComparison.Ordinal);
}
