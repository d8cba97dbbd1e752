using Graph.Analysis.Scenarios;
using Graph.Spelling;

namespace Graph.Analysis.Variants;

/// <summary>How a dimension is read off the conditions of a scenario.</summary>
internal static class Dimensions
{
    private const string UsualWayIn = "haproxy";

    /// <summary>Where the blobs server keeps its blobs when no store runs behind it.</summary>
    private const string NoStore = StudyResults.PlannedRun.Disk;

    /// <summary>What it is in these conditions; null where it is not known, or there is none.</summary>
    public static string? ValueOf(this Dimension dimension, Conditions conditions) => dimension switch
    {
        Dimension.WayIn => conditions.Proxy,
        Dimension.Store => conditions.StoreEngine ?? NoStore,
        _ => conditions.Concurrency is { } connections ? Words.Whole(connections) : null,
    };

    /// <summary>The conditions without it.</summary>
    public static Conditions Without(this Dimension dimension, Conditions conditions) => dimension switch
    {
        Dimension.WayIn => conditions with { Proxy = null },
        Dimension.Store => conditions with { StoreEngine = null, Store = WithoutName(conditions.Store, conditions.StoreEngine) },
        _ => conditions with { Concurrency = null },
    };

    /// <summary>
    /// What the others are compared with: the usual way in, the fewest connections, the store that comes first.
    /// </summary>
    public static string ReferenceOf(this Dimension dimension, IReadOnlyCollection<string> values) => dimension switch
    {
        Dimension.WayIn when values.Contains(UsualWayIn) => UsualWayIn,
        // That leads to one process only, so it could serve but one number of them.
        Dimension.WayIn when values.Count > 1 => values.Where(value => value != "direct").Min(StringComparer.Ordinal)!,
        Dimension.Concurrency => values.MinBy(int.Parse)!,
        _ => values.Min(StringComparer.Ordinal)!,
    };

    /// <summary>The order in which values are shown.</summary>
    public static IComparer<string> Order(this Dimension dimension) => dimension == Dimension.Concurrency
        ? Comparer<string>.Create((left, right) => int.Parse(left, null).CompareTo(int.Parse(right, null)))
        : StringComparer.Ordinal;

    /// <summary>The server's own text may name what it stores on: "People on redis" is "People" here.</summary>
    private static string? WithoutName(string? text, string? engine)
    {
        if (text is null || engine is null) return text;
        var rest = text.Replace(engine, "", StringComparison.OrdinalIgnoreCase).TrimEnd();
        return rest.EndsWith(" on", StringComparison.Ordinal) ? rest[..^3] : rest;
    }
}
