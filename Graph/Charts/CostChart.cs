using Graph.Analysis;
using Graph.Analysis.Limits;

namespace Graph.Charts;

/// <summary>What one operation costs in CPU time, by component: steadier than throughput, and it tells where time goes.</summary>
internal static class CostChart
{
    private const double BarWidth = 0.7;

    private static readonly (string Name, Func<Cost, double?> Of)[] Components =
    [
        ("workers", cost => cost.WorkersMicroseconds),
        ("proxy", cost => cost.ProxyMicroseconds),
        ("client", cost => cost.ClientMicroseconds),
    ];

    /// <summary>Null where nobody measured the servers.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        var panels = analysis.Actions.Where(action => action.Cells.Any(cell => cell.Cost?.WorkersMicroseconds is not null))
            .Select(Describe).ToList();
        return panels.Count == 0 ? null : new Figure
        {
            Title = "What an operation costs",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                "CPU time of each component inside the measured window, divided by the operations done: medians of the runs.",
                .. analysis.Warnings(),
            ],
            Panels = panels,
        };
    }

    private static Panel Describe(ActionVerdict action)
    {
        var layers = Components.Select((component, index) => new BarLayer(
        [
            .. action.Cells.Select((cell, place) => (cell.Cost, Place: place)).Where(cell => cell.Cost is not null).Select(cell =>
            {
                var bottom = Components.Take(index).Sum(below => below.Of(cell.Cost!) ?? 0);
                return new Bar(cell.Place, BarWidth, bottom, bottom + (component.Of(cell.Cost!) ?? 0));
            }),
        ])
        { Label = component.Name, Paint = Paint.Ordered(index, Components.Length) });
        return new Panel
        {
            Title = Pictures.LabelOf(action.Action),
            X = Pictures.ProcessAxis([.. action.Cells.Select(cell => cell.Cell.Procs)]),
            Y = Scale.FromZero("CPU-microseconds per operation", action.Cells.Max(cell => cell.Cost?.TotalMicroseconds ?? 0)),
            Layers = [.. layers],
        };
    }
}
