using Graph.Inputs;
using Graph.Report.Document;

namespace Graph.Report.Writers;

/// <summary>
/// What the terminal shows: the answers, and of the checks those that found something; the rest is in report.html.
/// </summary>
internal static class ConsoleReport
{
    private static readonly SectionKind[] Shown =
        [SectionKind.Scenario, SectionKind.Verdict, SectionKind.Ratios, SectionKind.Checks];

    /// <param name="document">What to tell.</param>
    /// <param name="output">For the answers.</param>
    /// <param name="errors">For what speaks against them.</param>
    public static void Write(ReportDocument document, TextWriter output, TextWriter errors)
    {
        foreach (var section in document.Sections.Where(section => Shown.Contains(section.Kind)))
        {
            if (section.Kind == SectionKind.Scenario) output.WriteLine($"{OneLine.Whole(section.Title)}:");
            foreach (var part in section.Parts.OfType<SentencesPart>())
            {
                foreach (var sentence in part.Sentences)
                {
                    var line = OneLine.Whole(part.Name is { } name ? $"{name}: {sentence.Text}" : sentence.Text);
                    if (sentence.Tone == Tone.Doubtful) errors.WriteLine($"Graph: {line}");
                    else if (section.Kind != SectionKind.Checks) output.WriteLine($"  {line}");
                }
            }

            foreach (var table in section.Parts.OfType<TablePart>()) Write(table.Table, output);
        }
    }

    /// <summary>
    /// A line a row: "put: 2 processes x1.05 [0.99, 1.31] can't tell; 4 processes x1.07 [0.94, 1.24] can't tell".
    /// </summary>
    private static void Write(ReportTable table, TextWriter output)
    {
        foreach (var row in table.Rows)
        {
            var cells = row.Zip(table.Columns).Skip(1).Where(cell => cell.First.Text.Length > 0)
                .Select(cell => $"{cell.Second.Name} {cell.First.Text}");
            output.WriteLine(OneLine.Whole($"  {row[0].Text}: {string.Join("; ", cells)}"));
        }
    }
}
