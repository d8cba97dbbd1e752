using System.Text;
using Graph.Report.Document;

namespace Graph.Report.Writers;

/// <summary>report.md: for a terminal and for pull requests.</summary>
internal static class MarkdownReport
{
    public static string Write(ReportDocument document)
    {
        var text = new StringBuilder($"# {Plain(document.Title)}\n");
        foreach (var section in document.Sections)
        {
            text.Append(
                $"\n{(section.Kind is SectionKind.Scenario or SectionKind.Method ? "##" : "###")} {Plain(section.Title)}\n");
            foreach (var part in section.Parts) Append(text, part, section.Kind);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReportPart part, SectionKind section)
    {
        switch (part)
        {
            case SentencesPart sentences:
                if (sentences.Name is { } name) text.Append($"\n**{Plain(name)}**\n");
                text.Append('\n');
                foreach (var sentence in sentences.Sentences)
                {
                    text.Append(
                        section == SectionKind.Verdict
                            ? $"**{Plain(sentence.Text)}.**\n\n"
                            : $"- {Sign(sentence.Tone)}{Plain(sentence.Text)}\n");
                }

                break;
            case PicturePart picture:
                text.Append($"\n![{Plain(picture.Picture.Title)}]({picture.Picture.Name}.png)\n");
                break;
            case TablePart table:
                Append(text, table.Table);
                break;
        }
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        if (table.Title.Length > 0) text.Append($"\n#### {Plain(table.Title)}\n");
        text.Append($"\n| {string.Join(" | ", table.Columns.Select(column => Plain(column.Name)))} |\n");
        text.Append($"|{string.Concat(table.Columns.Select(column => column.IsNumber ? "---:|" : "---|"))}\n");
        foreach (var row in table.Rows)
            text.Append($"| {string.Join(" | ", row.Select(value => value is { Bold: true, Text.Length: > 0 } ? $"**{Plain(value.Text)}**" : Plain(value.Text)))} |\n");
    }

    private static string Sign(Tone tone) => tone switch
    {
        Tone.Passed => "\u2713 ",
        Tone.Doubtful => "**!** ",
        Tone.Unknown => "? ",
        _ => "",
    };

    /// <summary>Text that comes from records is no markup and stays in its cell.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is '|' or '*' or '_' or '`' or '<' or '\\' or '#' or '!' or '[') plain.Append('\\');
            plain.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return plain.ToString();
    }
}
