using Graph.Analysis;
using Graph.Analysis.Limits;
using Graph.Analysis.Scenarios;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>Whose work keeps the processors busy: a stack for each cell against the machine's line.</summary>
internal static class CoresChart
{
    private const double BarWidth = 0.7;

    /// <summary>Null where nobody measured the servers.</summary>
    public static Figure? Describe(ScenarioAnalysis analysis)
    {
        var shares = analysis.Cells.ToDictionary(cell => cell.Cell, cell => MachineShares.Of(cell.Cell));
        if (shares.Values.All(share => share?.WorkersCores is null && share?.ProxyCores is null)) return null;
        var cap = analysis.Scenario.Key.Conditions.CpuLimit;
        var most = shares.Values.OfType<MachineShares>()
            .Max(share => Math.Max(share.MachineCores, Parts(share).Sum(part => part.Cores)));
        var y = Scale.FromZeroTo("Processors in use", most);
        return new Figure
        {
            Title = "Who keeps the processors busy",
            Subtitle = analysis.Scenario.Key.Describe(),
            Caption =
            [
                "Bars: means of the runs."
                    + (cap is { } cores ? $" Line across a bar: what the workers' caps of {Words.Number(cores)} add up to." : ""),
            ],
            Panels = [.. analysis.Actions.Where(action => action.Cells.Any(cell => shares[cell.Cell] is not null)).Select(
                action => Describe(action, shares, cap, y))],
        };
    }

    private static Panel Describe(ActionVerdict action, Dictionary<Cell, MachineShares?> shares, double? cap, Axis y)
    {
        var x = Scale.Processes([.. action.Cells.Select(cell => cell.Cell.Procs)]);
        var bars = action.Cells.SelectMany((cell, place) => Stack(shares[cell.Cell], place)).ToList();
        var machine = action.Cells.Max(cell => shares[cell.Cell]?.MachineCores ?? 0);
        return new Panel
        {
            Title = Pictures.LabelOf(action.Action),
            X = x,
            Y = y,
            Layers =
            [
                .. bars.GroupBy(bar => bar.Part).OrderBy(part => part.Key)
                    .Select(part => new BarLayer([.. part.Select(bar => bar.Bar)])
                {
                    Paint = Palette.Of(part.Key),
                    Label = NameOf(part.Key),
                }),
                new LineLayer([new Point(x.Least, machine), new Point(x.Most, machine)])
                {
                    Paint = Palette.Ink,
                    Dashed = true,
                    Label = "all processors of the machine",
                },
                .. cap is not { } cores ? [] : action.Cells.Select((cell, place) => (Cell: cell, Place: place))
                    .Where(cell => cell.Cell.Cell.Procs * cores <= y.Most)
                    .Select(cell => new LineLayer(
                        [
                            new Point(cell.Place - BarWidth / 2, cell.Cell.Cell.Procs * cores), new Point(
                                cell.Place + BarWidth / 2, cell.Cell.Cell.Procs * cores)
                        ])
                    {
                        Paint = Palette.Ink,
                    }),
            ],
        };
    }

    private static IEnumerable<(MachinePart Part, Bar Bar)> Stack(MachineShares? shares, int place)
    {
        if (shares is null) yield break;
        var bottom = 0.0;
        foreach (var (part, cores) in Parts(shares))
        {
            yield return (part, new Bar(place, BarWidth, bottom, bottom + cores));
            bottom += cores;
        }
    }

    private static IEnumerable<(MachinePart Part, double Cores)> Parts(MachineShares shares) =>
        new (MachinePart Part, double? Cores)[]
        {
            (MachinePart.Workers, shares.WorkersCores), (MachinePart.Store, shares.StoreCores),
            (MachinePart.Proxy, shares.ProxyCores),
            (MachinePart.Client, shares.ClientCores), (MachinePart.Kernel, shares.KernelCores),
            (shares.KernelCores is null ? MachinePart.Rest : MachinePart.Others, shares.OthersCores),
        }.Where(part => part.Cores is not null).Select(part => (part.Part, part.Cores!.Value));

    private static string NameOf(MachinePart part) => part switch
    {
        MachinePart.Workers => "workers",
        MachinePart.Store => "store",
        MachinePart.Proxy => "proxy",
        MachinePart.Client => "load client",
        MachinePart.Kernel => "kernel, for nobody",
        MachinePart.Others => "others' work",
        _ => "kernel and others",
    };
}
