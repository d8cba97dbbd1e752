using Graph.Analysis.Selecting;

namespace Graph.Analysis.Estimating;

/// <summary>
/// The one estimate of a cell, which bars, tables and laws share: the geometric mean over the units of analysis.
/// </summary>
internal static class CellEstimate
{
    /// <param name="runs">Runs that count.</param>
    /// <returns>Operations per second; 0 without runs.</returns>
    public static double PointOf(IReadOnlyList<Run> runs) => runs.Count == 0 ? 0 : Math.Exp(LogRates(runs).Average());

    /// <param name="runs">Runs that count.</param>
    /// <param name="coverage">Of the interval.</param>
    /// <returns>Operations per second; null without runs.</returns>
    public static Interval? Of(IReadOnlyList<Run> runs, double coverage) =>
        runs.Count == 0 ? null : Effect.Of(LogRates(runs)).ToInterval(coverage).Map(Math.Exp);

    /// <summary>A value a unit; runs by hand belong to none and are a value each.</summary>
    public static IReadOnlyCollection<double> LogRates(IReadOnlyList<Run> runs)
    {
        var units = UnitValues.OfUnits(UnitValues.LogRates(runs));
        return units.Count > 0 ? [.. units.Values] : [.. runs.Select(run => run.LogRate)];
    }
}
