namespace Graph.Rendering;

/// <summary>
/// How wide a text may get, without a font at hand: the widths are DejaVu Sans', one of the widest sans faces, so that
/// what fits by this measure fits with the others too.
/// </summary>
internal static class TextMeasure
{
    /// <summary>How much wider bold letters are.</summary>
    public const double BoldRatio = 1.12;

    /// <summary>Width in the unit of the font size.</summary>
    public static double Width(string text, double fontSize) => fontSize * text.Sum(WidthOf);

    /// <summary>
    /// The text in lines no wider than <paramref name="width"/>; what does not fit in the last ends in an ellipsis.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double fontSize, int mostLines = int.MaxValue)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => Pieces(word, width, fontSize)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length == 0 || Width(longer, fontSize) <= width)
            {
                line = longer;
                continue;
            }

            lines.Add(line);
            line = word;
        }

        if (line.Length > 0) lines.Add(line);
        if (lines.Count <= mostLines) return lines;
        var last = lines[mostLines - 1];
        while (last.Length > 1 && Width(last + "…", fontSize) > width) last = last[..^1];
        return [.. lines.Take(mostLines - 1), last + "…"];
    }

    /// <summary>A word too wide for a line is broken where the line ends.</summary>
    private static IEnumerable<string> Pieces(string word, double width, double fontSize)
    {
        var start = 0;
        for (var end = 1; end <= word.Length; end++)
        {
            if (end < word.Length && (end - start < 1 || Width(word[start..(end + 1)], fontSize) <= width)) continue;
            yield return word[start..end];
            start = end;
        }
    }

    private static double WidthOf(char letter) => letter switch
    {
        ' ' or 'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '|' or '\'' => 0.34,
        'f' or 'r' or 't' or '-' or '/' or '(' or ')' or '[' or ']' => 0.42,
        'c' or 's' or 'z' => 0.56,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 1.0,
        >= 'A' and <= 'Z' => 0.72,
        < '\u2e80' => 0.63,
        _ => 1.05,
    };
}
