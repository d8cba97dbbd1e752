using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;
using Graph.Phrases;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>
/// Pictures of what was done in several ways: the ratios, how fast each was, how evenly it fed the workers, how long requests
/// took.
/// </summary>
internal static class VariantCharts
{
    private const double GroupWidth = 0.84;

    /// <summary>With more variants the names under a panel of half the page would break too often.</summary>
    private const int MostInHalf = 4;

    /// <param name="study">What was compared.</param>
    /// <param name="marginRatio">0.1 where ratios from 1/1.1 to 1.1 count as equal.</param>
    public static IEnumerable<Picture> Of(VariantStudy study, double marginRatio)
    {
        var file = VariantWords.FileNameOf(study.Dimension);
        if (Ratios(study, marginRatio) is { } ratios) yield return new Picture($"{file}-ratios", ratios);
        yield return new Picture(file, Throughput(study));
        if (study.Dimension == Dimension.WayIn && study.Actions.Any(action => action.Cells.Any(cell => cell.Shares is not null)))
            yield return new Picture($"{file}-shares", Shares(study));
        if (study.Actions.Any(action => StepsOf(action).Count > 0)) yield return new Picture($"{file}-times", Times(study));
    }

    private static Figure? Ratios(VariantStudy study, double marginRatio)
    {
        var isSingle = study.Actions.Count == 1;
        var primary = isSingle ? [] : study.Primary.GroupBy(answer => answer.Variant)
            .SelectMany(variant => variant.Select(
                (answer, index) => Row(study, "all actions", answer.Variant, answer.Comparison, index == 0, bold: true)));
        var single =
            from action in study.Actions
            let name = isSingle ? "" : Pictures.ShortLabelOf(action.Action)
            from variant in action.Cells.Where(cell => cell.Against is not null).GroupBy(cell => cell.Variant)
            from row in variant.Select((cell, index) => Row(study, name, cell.Variant, cell.Against!, index == 0, bold: false))
            select row;
        return ForestChart.Describe(
            $"{VariantWords.NameOf(study.Dimension)}: what the others do against {VariantWords.Of(study.Dimension, study.Reference)}",
            study.Key.Describe(), $"{VariantWords.Of(study.Dimension, study.Reference)} and as many processes", [.. primary, .. single], marginRatio);
    }

    private static ForestRow Row(
        VariantStudy study, string action, string variant, Comparison comparison, bool begins, bool bold)
    {
        string[] parts = [action, VariantWords.Of(study.Dimension, variant), Words.Processes(comparison.Procs)];
        return ForestRow.Of(string.Join(", ", parts.Where(part => part.Length > 0)), comparison, begins, bold);
    }

    private static Figure Throughput(VariantStudy study)
    {
        var most = study.Actions.SelectMany(action => action.Cells).Max(cell => cell.Summary.Cell.Runs.Count);
        return Panels(
            study, "How fast each was", most > 1
                ? "Bars: geometric means. Whiskers: what they are known to."
                : "Bars: the one run of each cell.",
            action => [Bars(
                study, action, largest => Scale.FromZero(Words.Rate(study.Key.Conditions.Objective), largest),
                cell => cell.Summary.Cell.OperationsPerSecond,
                cell => cell.Summary.Throughput is { Units: > 1 } interval ? (interval.Low, interval.High) : null)]);
    }

    private static Figure Shares(VariantStudy study) => Panels(
        study, "What the busiest worker got", $"Bars: medians of the runs. Whiskers: their range. {EvenShares(study)}",
        action => [Bars(
            study, action,
                _ => new Axis("% of all requests", 0, 100,
                [
                    .. Enumerable.Range(0, 5).Select(quarter => new Tick(25 * quarter, Words.Whole(25 * quarter)))
                ]) { Grid = true },
            cell => 100 * cell.Shares?.BusiestRatio,
            cell => cell.Shares is { } shares && cell.Summary.Cell.Runs.Count > 1 ? (100 * shares.BusiestLow, 100 * shares.BusiestHigh) : null)]);

    /// <summary>"An even share is 100 % with 1 process, 50 % with 2."</summary>
    private static string EvenShares(VariantStudy study)
    {
        var counts = study.Actions.SelectMany(action => action.Counts).Distinct().Order();
        var shares = counts.Select(
            (procs, index) => $"{Words.Percent(1.0 / procs)} with {(index == 0 ? Words.Processes(procs) : Words.Whole(procs))}");
        return $"An even share is {string.Join(", ", shares)}.";
    }

    private static Figure Times(VariantStudy study) => Panels(
        study, "How long requests took",
        LatencyChart.CaptionOf(study.Actions.SelectMany(action => action.Cells).Select(cell => cell.Summary)),
        action =>
        {
            var places = action.Cells.ToDictionary(cell => cell.Summary, cell => Place(study, action, cell));
            var steps = StepsOf(action);
            return steps.Select(step => LatencyChart.Describe(
                study.Actions.Count == 1 && steps.Count == 1
                    ? null
                    : step.Title, step.Step, Names(study), places.Keys, action.Counts,
                cell => places[cell], 0.7 * Width(action), namesProcesses: true));
        });

    private static Figure Panels(
        VariantStudy study, string title, string caption, Func<VariantAction, IEnumerable<Panel>> panels) => new()
        {
            Title = study.Actions is [var only] ? $"{title}: {Pictures.LabelOf(only.Action)}" : title,
            Subtitle = study.Key.Describe(),
            Caption = [caption],
            Panels = [.. study.Actions.SelectMany(panels)],
            Columns = study.Variants.Count > MostInHalf ? 1 : 2,
        };

    private static Panel Bars(
        VariantStudy study, VariantAction action, Func<double, Axis> axis, Func<VariantCell, double?> value, Func<VariantCell,
            (double Low, double High)?> range)
    {
        var shown = action.Cells.Where(cell => value(cell) is not null).ToList();
        var bars = action.Counts.Select((procs, index) => new BarLayer(
            [
                .. shown.Where(cell => cell.Procs == procs)
                    .Select(cell => new Bar(Place(study, action, cell), Width(action), 0, value(cell)!.Value))
            ])
        {
            Label = Words.Processes(procs),
            Paint = Palette.Processes(index, action.Counts.Count),
        });
        var ranges = shown.Where(cell => range(cell) is not null)
            .Select(cell => new Span(Place(study, action, cell), range(cell)!.Value.Low, range(cell)!.Value.High)).ToList();
        return new Panel
        {
            Title = study.Actions.Count == 1 ? null : Pictures.LabelOf(action.Action),
            X = Names(study),
            Y = axis(shown.Select(cell => value(cell)!.Value).Concat(ranges.Select(span => span.High)).DefaultIfEmpty(0).Max()),
            Layers = [.. bars, new RangeLayer(ranges) { Paint = Palette.Ink }],
        };
    }

    private static IReadOnlyList<(string Step, string Title)> StepsOf(VariantAction action) =>
        LatencyChart.StepsOf(action.Action, action.Cells.Select(cell => cell.Summary));

    private static double Width(VariantAction action) => GroupWidth / action.Counts.Count;

    private static double Place(VariantStudy study, VariantAction action, VariantCell cell) =>
        Index(study.Variants, cell.Variant)
            + (Index(action.Counts, cell.Procs) - (action.Counts.Count - 1) / 2.0) * Width(action);

    private static Axis Names(VariantStudy study) => new(
        VariantWords.NameOf(study.Dimension), -0.5, study.Variants.Count - 0.5,
            [.. study.Variants.Select((variant, index) => new Tick(index, variant))])
    { Categories = true };

    private static int Index<T>(IReadOnlyList<T> items, T item) => items.TakeWhile(other => !Equals(other, item)).Count();
}
