using Graph.Analysis;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>Each run against its own cell, in the order in which they were made: a level line means a steady machine.</summary>
internal static class OrderChart
{
    private const int MostPoints = 3000;

    /// <summary>Null where the order of the runs is not known, or too few are there.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        if (analysis.Drift is not { } drift) return null;
        var runs = Placed(drift);
        var counts = runs.Select(run => run.Procs).Distinct().Order().ToList();
        var shown = Evenly.Some(runs, MostPoints);
        var y = Scale.Logarithmic(
            "Rate / mean of its cell", Math.Pow(10, runs.Min(run => run.Log)), Math.Pow(10, runs.Max(run => run.Log)), "x");
        var marks = counts.Select((procs, index) => new LineLayer(
            [.. shown.Where(run => run.Procs == procs).Select(run => new Point(run.Place, run.Log))])
        {
            Label = Words.Processes(procs),
            Paint = Palette.Processes(index, counts.Count),
            Mark = (Mark)(index % ((int)Mark.Star + 1)),
            Joined = false,
        });
        return new Figure
        {
            Title = "Whether the machine stayed the same",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                "Marks: each run over the geometric mean of its own cell. Line: mean of each block. "
                    + "Dashed lines separate the blocks.",
            ],
            Panels =
            [
                new Panel
                {
                    X = Scale.FromZero("Run, in the order of the study", runs.Count) with { Most = runs.Count + 1, Grid = false },
                    Y = y,
                    Layers = [.. Separators(runs, y), .. marks, BlockMeans(runs)],
                },
            ],
        };
    }

    private sealed record LogRun(int Place, int Procs, (string?, int?) Block, double Log);

    /// <summary>
    /// The mean of the logarithms is what the runs of a cell have in common: the means of all blocks lie around it.
    /// </summary>
    private static List<LogRun> Placed(Drift drift)
    {
        var levels = drift.Runs.GroupBy(run => run.Cell).ToDictionary(
            cell => cell.Key, cell => cell.Average(run => Math.Log10(run.Run.OperationsPerSecond)));
        return
        [
            .. drift.Runs.Select(run => new LogRun(
                run.Place, run.Cell.Procs, (run.Run.Record.Study, run.Run.Record.Block),
                Math.Log10(run.Run.OperationsPerSecond) - levels[run.Cell])),
        ];
    }

    private static IEnumerable<LineLayer> Separators(List<LogRun> runs, Axis y)
    {
        var blocks = Blocks(runs).Skip(1).ToList();
        // Among more blocks the lines would be a wall.
        if (blocks.Count * 8 > runs.Count || blocks.Count > 60) return [];
        return blocks.Select(block => new LineLayer([new Point(block.First - 0.5, y.Least), new Point(block.First - 0.5, y.Most)])
        {
            Paint = Palette.Grey,
            Dashed = true,
        });
    }

    private static LineLayer BlockMeans(List<LogRun> runs) => new(
        [
            .. Blocks(runs)
                .SelectMany(block => new[] { new Point(block.First - 0.5, block.Mean), new Point(block.Last + 0.5, block.Mean) })
        ])
    {
        Label = "mean of the block",
        Paint = Palette.Ink,
    };

    private static List<(int First, int Last, double Mean)> Blocks(List<LogRun> runs) =>
    [
        .. runs.GroupBy(run => run.Block)
            .Select(
                block =>
                    (First: block.Min(run => run.Place), Last: block.Max(run => run.Place), Mean: block.Average(run => run.Log)))
            .OrderBy(block => block.First),
    ];
}
