using Graph.Analysis;
using MathNet.Numerics.Statistics;

namespace Graph.Charts;

/// <summary>Each run against its own cell, in the order in which they were made: a level line means a steady machine.</summary>
internal static class OrderChart
{
    private const int MostPoints = 3000;

    /// <summary>Null where the order of the runs is not known, or too few are there.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        if (analysis.Drift is not { } drift) return null;
        var counts = drift.Runs.Select(run => run.Cell.Procs).Distinct().Order().ToList();
        var shown = Evenly.Some(drift.Runs, MostPoints);
        var most = drift.Runs.Count;
        var top = Scale.FromZero("Rate / median of its cell", drift.Runs.Max(run => run.Ratio));
        var marks = counts.Select((procs, index) => new LineLayer([.. shown.Where(run => run.Cell.Procs == procs).Select(run => new Point(run.Place, run.Ratio))])
        {
            Label = Words.Processes(procs),
            Paint = Paint.OrderedLine(index, counts.Count),
            Marker = index,
            Joined = false,
        });
        return new Figure
        {
            Title = "Whether the machine stayed the same",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                "Each mark is a run over the median of its own cell. Line: median of each block. Dashed lines separate the blocks.",
                .. analysis.Warnings(),
            ],
            Panels =
            [
                new Panel
                {
                    X = Scale.FromZero("Run, in the order of the study", most) with { Most = most + 1 },
                    Y = top,
                    Layers = [.. Separators(drift, top.Most), .. marks, BlockMedians(drift)],
                },
            ],
        };
    }

    private static IEnumerable<LineLayer> Separators(Drift drift, double top) =>
        Blocks(drift).Skip(1)
            .Select(
                block => new LineLayer(
                    [new Point(block.First - 0.5, 0), new Point(block.First - 0.5, top)])
                { Paint = Paint.Grey, Dashed = true });

    private static LineLayer BlockMedians(Drift drift) => new(
        [.. Blocks(drift).SelectMany(block => new[] { new Point(block.First - 0.5, block.Median), new Point(block.Last + 0.5, block.Median) })])
    {
        Label = "median of the block",
        Paint = Paint.Ink,
    };

    private static List<(int First, int Last, double Median)> Blocks(Drift drift) =>
    [
        .. drift.Runs.GroupBy(run => (run.Run.Record.Study, run.Run.Record.Block))
            .Select(
                block => (
                    First: block.Min(run => run.Place), Last: block.Max(run => run.Place),
                    Median: block.Select(run => run.Ratio).Median()))
            .OrderBy(block => block.First),
    ];
}
