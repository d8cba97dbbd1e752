using Graph.Analysis;

namespace Graph.Charts;

/// <summary>A figure and the name of its file, without an ending.</summary>
internal sealed record Picture(string Name, Figure Figure);

/// <summary>All pictures that a scenario has data for.</summary>
internal static class Pictures
{
    public static IReadOnlyList<Picture> Of(ScenarioAnalysis analysis) =>
    [
        .. new (string Name, Figure? Figure)[]
        {
            ("blobs-in-parallel", BlobsInParallel.Describe(analysis)),
            ("scaling", ScalingChart.Describe(analysis)),
            ("cost", CostChart.Describe(analysis)),
            ("latency", LatencyChart.Describe(analysis)),
            ("limiter", LimiterChart.Describe(analysis)),
            ("order", OrderChart.Describe(analysis)),
        }.Where(picture => picture.Figure is not null).Select(picture => new Picture(picture.Name, picture.Figure!)),
    ];

    /// <summary>get, flag and delete are a PUT followed by that request, and the labels say so.</summary>
    public static string LabelOf(string action) => action is "get" or "flag" or "delete" ? $"put+{action}" : action;

    /// <summary>Ticks at 0, 1, 2 ... that name the process counts.</summary>
    public static Axis ProcessAxis(IReadOnlyList<int> counts)
    {
        // Room for at least three, so that a lone bar is no wall.
        var beside = 0.5 + Math.Max(0, 3 - counts.Count) / 2.0;
        return new Axis(
            "Processes", -beside, counts.Count - 1 + beside,
            [.. counts.Select((count, index) => new Tick(index, Words.Whole(count)))]);
    }
}
