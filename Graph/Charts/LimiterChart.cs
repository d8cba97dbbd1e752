using Graph.Analysis;
using Graph.Analysis.Limits;

namespace Graph.Charts;

/// <summary>How much of its limit each component used, so that one sees who held the others up.</summary>
internal static class LimiterChart
{
    private const double GroupWidth = 0.84;

    /// <summary>Null where nobody measured the servers.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        var limit = analysis.Scenario.Key.Conditions.CpuLimit;
        var panels = analysis.Actions.Where(action => action.Cells.Any(cell => cell.Usage?.WorkersCores is not null))
            .Select(action => Describe(action, limit)).ToList();
        return panels.Count == 0 ? null : new Figure
        {
            Title = "Who is busy",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                "100 % is one thread of client or proxy, all processors of the machine, and for the workers "
                    + (limit is { } cores ? $"the cap of the busiest, {Words.Number(cores)} cores" : "together all processors")
                    + $". Above the dashed line of {Words.Percent(LimiterRule.FullRatio)} a component is called the limiter.",
                .. analysis.Warnings(),
            ],
            Panels = panels,
        };
    }

    private static Panel Describe(ActionVerdict action, double? limit)
    {
        (string Name, Func<Usage, double?> Busy)[] components =
        [
            ("workers", usage => limit is { } cores ? usage.BusiestWorker?.Cores / cores : usage.WorkersCores / usage.MachineCores),
            ("proxy", usage => usage.Proxy?.Cores),
            ("client", usage => usage.Client.Cores),
            ("machine", usage => usage.MachineRatio),
        ];
        var width = GroupWidth / components.Length;
        var cells = action.Cells.Select((cell, place) => (cell.Usage, Place: place)).Where(cell => cell.Usage is not null)
            .ToList();
        var bars = components.Select((component, index) => new BarLayer(
        [
            .. cells.Select(cell => (cell.Place, Busy: component.Busy(cell.Usage!))).Where(cell => cell.Busy is not null)
                .Select(
                    cell => new Bar(
                        cell.Place + (index - (components.Length - 1) / 2.0) * width, width, 0, 100 * cell.Busy!.Value)),
        ])
        { Label = component.Name, Paint = Paint.Ordered(index, components.Length) }).ToList();
        var counts = action.Cells.Select(cell => cell.Cell.Procs).ToList();
        var x = Pictures.ProcessAxis(counts);
        return new Panel
        {
            Title = Pictures.LabelOf(action.Action),
            X = x,
            Y = Scale.FromZero(
                "% of its limit", bars.SelectMany(layer => layer.Bars).Max(bar => Math.Max(100, bar.Top)) / Scale.Headroom),
            Layers =
            [
                .. bars,
                new LineLayer([new Point(x.Least, 100 * LimiterRule.FullRatio), new Point(x.Most, 100 * LimiterRule.FullRatio)]) { Paint = Paint.Ink, Dashed = true },
            ],
        };
    }
}
