using System.Collections.Concurrent;
using System.Text;
using Graph.Analysis;
using Graph.Analysis.Ways;
using Graph.Charts;
using Graph.Rendering;
using Graph.Report;

namespace Graph;

/// <summary>The pictures of all scenarios, drawn and written.</summary>
/// <param name="Names">For each scenario, and after them for each comparison of ways in, the names of the files that are there now, without their endings.</param>
/// <param name="Inline">The same pictures as SVG text.</param>
/// <param name="Failure">Why a picture could not be drawn, in one line; null when all were.</param>
internal sealed record PictureSet(
    IReadOnlyList<IReadOnlyList<string>> Names, IReadOnlyList<IReadOnlyList<InlinePicture>> Inline, string? Failure)
{
    private sealed record Sheet(int Scenario, string Name, Picture Picture);

    /// <summary>
    /// Draws as many at a time as there are processors. With several scenarios each file carries the scenario in its name, and
    /// the first scenario's pictures are there under their plain names as well.
    /// </summary>
    public static async Task<PictureSet> DrawAsync(
        IReadOnlyList<ScenarioAnalysis> analyses, IReadOnlyList<WaysInStudy> waysIn, IFigureRenderer renderer, OutputFolder folder, CancellationToken cancel)
    {
        var scenarios = OutputFolder.NamesOf([.. analyses.Select(analysis => analysis.Scenario)]);
        var sheets = analyses.SelectMany((analysis, index) => PicturesOf(analysis, waysIn).Select(picture =>
            new Sheet(index, analyses.Count > 1 ? $"{picture.Name}-{scenarios[index]}" : picture.Name, picture)))
            .Concat(waysIn.SelectMany((study, index) => WaysInCharts.Of(study, analyses[0].Rule.MarginRatio).Select(picture =>
                new Sheet(analyses.Count + index, waysIn.Count > 1 ? $"{picture.Name}-{study.Action}-{study.Key.FileName}" : picture.Name, picture)))).ToList();
        var drawings = new ConcurrentDictionary<(Sheet Sheet, PictureFormat Format), Drawing>();
        await Parallel.ForEachAsync(
            sheets.SelectMany(sheet => Enum.GetValues<PictureFormat>().Select(format => (Sheet: sheet, Format: format))),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            async (job, token) =>
            {
                // Once one can't be drawn, most likely none can.
                if (drawings.Values.All(drawing => drawing.Failure is null))
                    drawings[job] = await renderer.DrawAsync(job.Sheet.Picture.Figure, job.Format, token);
            });

        foreach (var ((sheet, format), drawing) in drawings.Where(drawn => drawn.Value.Bytes is not null))
        {
            folder.WritePicture(sheet.Name, format, drawing.Bytes!);
            if (sheet.Scenario == 0 && sheet.Name != sheet.Picture.Name)
                folder.WritePicture(sheet.Picture.Name, format, drawing.Bytes!);
        }

        bool Drawn(Sheet sheet, PictureFormat format) => drawings.TryGetValue((sheet, format), out var drawing)
            && drawing.Bytes is not null;
        IEnumerable<Sheet> Of(int scenario, PictureFormat format) => sheets.Where(
            sheet => sheet.Scenario == scenario && Drawn(sheet, format));
        var topics = Enumerable.Range(0, analyses.Count + waysIn.Count).ToList();
        return new PictureSet(
            [.. topics.Select(index => Of(index, PictureFormat.Png).Select(sheet => sheet.Name).ToList())],
            [
                .. topics.Select(index => Of(index, PictureFormat.Svg).Select(sheet =>
                    new InlinePicture(
                        sheet.Name, sheet.Picture.Figure.Title,
                        Encoding.UTF8.GetString(drawings[(sheet, PictureFormat.Svg)].Bytes!))).ToList()),
            ],
            drawings.Values.Select(drawing => drawing.Failure).FirstOrDefault(failure => failure is not null));
    }

    /// <summary>Where ways in are compared, the pictures of each by itself would bury those that compare.</summary>
    private static IEnumerable<Picture> PicturesOf(ScenarioAnalysis analysis, IReadOnlyList<WaysInStudy> waysIn) =>
        WaysInStudy.Covers(waysIn, analysis.Scenario.Key)
            ? Pictures.Of(analysis).Where(picture => picture.Name is "ratios" or "blobs-in-parallel")
            : Pictures.Of(analysis);
}
