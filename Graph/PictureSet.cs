using System.Collections.Concurrent;
using System.Text;
using Graph.Analysis;
using Graph.Analysis.Variants;
using Graph.Charts;
using Graph.Rendering;
using Graph.Report;
using Graph.Report.Document;

namespace Graph;

/// <summary>The pictures of a study, drawn and written.</summary>
/// <param name="Drawn">For each scenario, and after them for each comparison of variants, those that are there now.</param>
/// <param name="Failure">Why a picture could not be drawn, in one line; null when all were.</param>
internal sealed record PictureSet(IReadOnlyList<IReadOnlyList<DrawnPicture>> Drawn, string? Failure)
{
    private sealed record Sheet(int Topic, string Name, Picture Picture);

    /// <summary>
    /// Draws as many at a time as there are processors. With several scenarios each file carries the scenario in its name, and
    /// the first scenario's pictures are there under their plain names as well.
    /// </summary>
    public static async Task<PictureSet> DrawAsync(
        StudyReport report, IFigureRenderer renderer, OutputFolder folder, CancellationToken cancel)
    {
        var sheets = Sheets(report.Analyses, report.Variants).ToList();
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
            if (sheet.Topic == 0 && sheet.Name != sheet.Picture.Name)
                folder.WritePicture(sheet.Picture.Name, format, drawing.Bytes!);
        }

        byte[]? Bytes(Sheet sheet, PictureFormat format) => drawings.GetValueOrDefault((sheet, format))?.Bytes;
        var drawn = sheets.Where(sheet => Bytes(sheet, PictureFormat.Png) is not null).ToLookup(
            sheet => sheet.Topic,
            sheet => new DrawnPicture(
                sheet.Picture.Name, sheet.Name, sheet.Picture.Figure.Title,
                Bytes(sheet, PictureFormat.Svg) is { } svg ? Encoding.UTF8.GetString(svg) : null));
        return new PictureSet(
            [.. Enumerable.Range(0, report.Analyses.Count + report.Variants.Count).Select(topic => drawn[topic].ToList())],
            drawings.Values.Select(drawing => drawing.Failure).FirstOrDefault(failure => failure is not null));
    }

    /// <summary>Nothing drawn.</summary>
    public static PictureSet None(StudyReport report) =>
        new([.. Enumerable.Repeat<IReadOnlyList<DrawnPicture>>([], report.Analyses.Count + report.Variants.Count)], null);

    private static IEnumerable<Sheet> Sheets(IReadOnlyList<ScenarioAnalysis> analyses, IReadOnlyList<VariantStudy> variants)
    {
        var scenarios = FileNames.Of([.. analyses.Select(analysis => analysis.Scenario.Key)]);
        for (var index = 0; index < analyses.Count; index++)
        {
            foreach (var picture in PicturesOf(analyses[index], variants))
                yield return new Sheet(index, analyses.Count > 1 ? $"{picture.Name}-{scenarios[index]}" : picture.Name, picture);
        }

        for (var index = 0; index < variants.Count; index++)
        {
            var alike = variants.Where(study => study.Dimension == variants[index].Dimension).ToList();
            var names = FileNames.Of([.. alike.Select(study => study.Key)]);
            foreach (var picture in VariantCharts.Of(variants[index], analyses[0].Rule.MarginRatio))
            {
                var name = alike.Count > 1 ? $"{picture.Name}-{names[alike.IndexOf(variants[index])]}" : picture.Name;
                yield return new Sheet(analyses.Count + index, name, picture);
            }
        }
    }

    /// <summary>Where variants are compared, the pictures of each by itself would bury those that compare.</summary>
    private static IEnumerable<Picture> PicturesOf(ScenarioAnalysis analysis, IReadOnlyList<VariantStudy> variants) =>
        VariantStudy.Covers(variants, analysis.Scenario.Key)
            ? Pictures.Of(analysis).Where(picture => picture.Name is "ratios" or "blobs-in-parallel")
            : Pictures.Of(analysis);
}
