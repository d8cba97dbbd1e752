namespace Graph.Analysis;

/// <summary>A few of many.</summary>
internal static class Evenly
{
    /// <summary>All, or some at equal distances, the first and the last among them.</summary>
    public static IReadOnlyList<T> Some<T>(IReadOnlyList<T> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(index => all[(int)((long)index * (all.Count - 1) / (most - 1))])];
}
