using System.Collections.Immutable;
using System.Globalization;

namespace MultiProc.Configuration;

/// <summary>A list of processors as the kernel writes them: 0,2-3 (cpuset(7)).</summary>
internal static class CpuList
{
    /// <summary>Null for what is no such list.</summary>
    public static ImmutableArray<int>? TryParse(string text)
    {
        var cpus = new SortedSet<int>();
        foreach (var range in text.Split(','))
        {
            var ends = range.Split('-');
            if (ends.Length > 2
                || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || first > last || last > 4095)
            {
                return null;
            }

            cpus.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. cpus];
    }
}
