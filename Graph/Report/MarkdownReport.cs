using System.Text;

namespace Graph.Report;

/// <summary>report.md: for a terminal and for pull requests.</summary>
internal static class MarkdownReport
{
    /// <param name="report">What to tell.</param>
    /// <param name="pictures">For each scenario, then for each comparison of ways in, the names of its picture files, without
    /// an ending; empty where none were drawn.</param>
    public static string Write(StudyReport report, IReadOnlyList<IReadOnlyList<string>> pictures)
    {
        var text = new StringBuilder("# How multiprocessing affects Blobs Server\n");
        for (var index = 0; index < report.VariantActions.Count; index++)
        {
            var study = report.VariantActions[index];
            text.Append($"\n## {Plain(WaysInText.Title(study))}\n\n{Plain(study.Subject.Key.Describe())}\n\n");
            foreach (var sentence in WaysInText.Sentences(study, report.Rule)) text.Append($"- {Plain(sentence)}\n");
            foreach (var name in pictures[report.Analyses.Count + index]) text.Append($"\n![{name}]({name}.png)\n");
            Append(text, WaysInText.Table(study, report.Rule));
        }

        for (var index = 0; index < report.Analyses.Count; index++)
        {
            var analysis = report.Analyses[index];
            text.Append($"\n## {Plain(analysis.Scenario.Key.Describe())}\n\n");
            foreach (var sentence in Sentences.Of(analysis)) text.Append($"- {Plain(sentence)}\n");
            foreach (var warning in analysis.Warnings()) text.Append($"- **Warning:** {Plain(warning)}\n");
            foreach (var name in pictures[index]) text.Append($"\n![{name}]({name}.png)\n");
            Append(text, Tables.Cells(analysis));
            if (Tables.Scaling(analysis) is { } scaling) Append(text, scaling);
        }

        foreach (var baseline in report.Baseline)
        {
            text.Append($"\n## Against the baseline: {Plain(baseline.Key.Describe())}\n\n");
            foreach (var difference in BaselineText.Of(baseline)) text.Append($"- {Plain(difference)}\n");
            Append(text, Tables.Baseline(baseline, report.Rule));
        }

        text.Append("\n## How it was measured\n\n");
        foreach (var (name, fact) in Method.Of(report)) text.Append($"- **{name}:** {Plain(fact)}\n");
        foreach (var warning in report.InputWarnings) text.Append($"- **Left out:** {Plain(warning)}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        text.Append($"\n### {table.Title}\n\n| {string.Join(" | ", table.Columns.Select(column => column.Name))} |\n");
        text.Append($"|{string.Concat(table.Columns.Select(column => column.IsNumber ? "---:|" : "---|"))}\n");
        foreach (var row in table.Rows) text.Append($"| {string.Join(" | ", row.Select(value => Plain(value.Text)))} |\n");
    }

    /// <summary>Text that comes from records is no markup and stays in its cell.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is '|' or '*' or '_' or '`' or '<' or '\\' or '#' or '!') plain.Append('\\');
            plain.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return plain.ToString();
    }
}
