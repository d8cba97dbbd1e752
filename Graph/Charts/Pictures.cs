using Graph.Analysis;

namespace Graph.Charts;

/// <summary>A figure and the name of its file, without an ending.</summary>
internal sealed record Picture(string Name, Figure Figure);

/// <summary>All pictures that a scenario has data for, the answer first.</summary>
internal static class Pictures
{
    private const int LongestInRow = 20;

    public static IReadOnlyList<Picture> Of(ScenarioAnalysis analysis) =>
    [
        .. new (string Name, Figure? Figure)[]
        {
            ("ratios", RatioChart.Describe(analysis)),
            ("blobs-in-parallel", BlobsInParallel.Describe(analysis)),
            ("cores", CoresChart.Describe(analysis)),
            ("latency", LatencyChart.Describe(analysis)),
            ("scaling", ScalingChart.Describe(analysis)),
            ("order", OrderChart.Describe(analysis)),
        }.Where(picture => picture.Figure is not null).Select(picture => new Picture(picture.Name, picture.Figure!)),
    ];

    /// <summary>get, flag and delete are a PUT followed by that request, and the labels say so.</summary>
    public static string LabelOf(string action) => action is "get" or "flag" or "delete" ? $"put+{action}" : action;

    /// <summary>The same where something must stand behind it in the row.</summary>
    public static string ShortLabelOf(string action) =>
        LabelOf(action) is var label && label.Length > LongestInRow ? label[..LongestInRow] + "…" : label;

    /// <summary>Where one request of an action is meant: "the get of put+get".</summary>
    public static string StepOf(string action) => LabelOf(action) == action ? action : $"the {action} of {LabelOf(action)}";
}
