using System.Collections.Immutable;
using System.Globalization;

namespace StudyResults;

/// <summary>A list of processors as the kernel writes them: 0,2-3 (cpuset(7)).</summary>
public static class CpuList
{
    private const int Last = 4095;

    /// <summary>In rising order, each once; null for what is no such list.</summary>
    public static ImmutableArray<int>? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cpus = new SortedSet<int>();
        foreach (var range in text.Split(','))
        {
            var ends = range.Split('-');
            if (ends.Length > 2 || Number(ends[0]) is not { } first || Number(ends[^1]) is not { } last || first > last) return null;
            cpus.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. cpus];
    }

    /// <summary>Without zeros before it, so that one number is one word.</summary>
    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Last
            && text == number.ToString(CultureInfo.InvariantCulture)
            ? number
            : null;
}
