using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Graph.Report.Document;

namespace Graph.Report.Writers;

/// <summary>report.html: one file that needs nothing else, for people.</summary>
internal sealed partial class HtmlReport
{
    private readonly StringBuilder _html = new();
    private int _pictures;

    public static string Write(ReportDocument document)
    {
        var page = new HtmlReport();
        page.Line("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        // No page that somebody was sent should call home: nothing may be loaded from anywhere.
        page.Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">");
        page.Line($"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{Safe(document.Title)}</title>");
        page.Line($"<style>\n{Asset("report.css")}</style>\n</head>\n<body>\n<h1>{Safe(document.Title)}</h1>\n<main>");
        foreach (var section in document.Sections) page.Section(section);
        page.Line($"</main>\n<script>\n{Asset("report.js")}</script>\n</body>\n</html>");
        return page._html.ToString();
    }

    private void Section(ReportSection section)
    {
        var kind = section.Kind.ToString().ToLowerInvariant();
        var head = section.Kind is SectionKind.Scenario or SectionKind.Method ? "h2" : "h3";
        Line($"<section class=\"{kind}\">\n<{head}>{Safe(section.Title)}</{head}>");
        foreach (var part in section.Parts)
        {
            if (part is SentencesPart sentences) Sentences(sentences, section.Kind);
            if (part is PicturePart { Picture: { Svg: { } svg } picture }) Picture(picture, svg);
            if (part is TablePart table) Table(table.Table);
        }

        Line("</section>");
    }

    private void Sentences(SentencesPart part, SectionKind section)
    {
        if (part.Sentences.Count == 0) return;
        if (part.Name is { } name) Line($"<h4>{Safe(name)}</h4>");
        if (section == SectionKind.Verdict)
        {
            foreach (var sentence in part.Sentences) Line($"<p class=\"{Class(sentence.Tone)}\">{Unbroken(sentence.Text)}.</p>");
            return;
        }

        Line("<ul>");
        foreach (var sentence in part.Sentences) Line($"<li class=\"{Class(sentence.Tone)}\">{Unbroken(sentence.Text)}</li>");
        Line("</ul>");
    }

    /// <summary>The frame scrolls on a narrow screen; it can be reached and scrolled with the keyboard.</summary>
    private void Table(ReportTable table)
    {
        if (table.Title.Length > 0) Line($"<h4>{Safe(table.Title)}</h4>");
        Line($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Safe(table.Title)}\">\n<table>\n<thead>\n<tr>");
        foreach (var column in table.Columns)
            Line($"<th scope=\"col\" aria-sort=\"none\"{Style(column)}><button type=\"button\" title=\"Sort by this column\">{Unbroken(column.Name)}</button></th>");
        Line("</tr>\n</thead>\n<tbody>");
        foreach (var row in table.Rows) Line($"<tr>{string.Concat(row.Zip(table.Columns, Cell))}</tr>");
        Line("</tbody>\n</table>\n</div>");
    }

    private static string Cell(ReportValue value, ReportColumn column)
    {
        var key = column.IsNumber || value.SortKey is not null
            ? $" data-sort=\"{value.SortKey?.ToString("R", CultureInfo.InvariantCulture)}\""
            : "";
        var text = value.Bold ? $"<strong>{Unbroken(value.Text)}</strong>" : Unbroken(value.Text);
        return $"<td{Style(column, value.Tone)}{key}>{text}</td>";
    }

    private void Picture(DrawnPicture picture, string drawn)
    {
        // Every picture gives the same names to its parts; in one page they must differ.
        var prefix = $"picture{++_pictures}-";
        var svg = NamesInSvg()
            .Replace(drawn[drawn.IndexOf("<svg", StringComparison.Ordinal)..], name => name.Groups[1].Value + prefix);
        svg = $"<svg role=\"img\" aria-label=\"{Safe(picture.Title)}\"{SvgTitle().Replace(svg["<svg".Length..], "", 1)}";
        Line($"<figure id=\"{Safe(picture.Name)}\">\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Safe(picture.Title)}\">\n{svg}\n</div>\n</figure>");
    }

    private static string Class(Tone tone) => tone.ToString().ToLowerInvariant();

    private static string Style(ReportColumn column, Tone tone = Tone.Plain)
    {
        var classes = new List<string>();
        if (column.IsNumber) classes.Add("number");
        if (column.IsProse) classes.Add("prose");
        if (tone != Tone.Plain) classes.Add(Class(tone));
        return classes.Count == 0 ? "" : $" class=\"{string.Join(' ', classes)}\"";
    }

    private static string Safe(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));

    /// <summary>No line ends between a number and its unit or inside an interval.</summary>
    private static string Unbroken(string text) => Interval().Replace(
        Safe(text).Replace(" %", "\u00a0%", StringComparison.Ordinal), interval => interval.Value.Replace(' ', '\u00a0'));

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("""(\bid=['"]|href=['"]#|url\(#)""")]
    private static partial Regex NamesInSvg();

    [GeneratedRegex("<title>.*?</title>")]
    private static partial Regex SvgTitle();

    [GeneratedRegex(@"x[\d.e+-]+ \[[\d.e+-]+, [\d.e+-]+\]")]
    private static partial Regex Interval();

    private void Line(string html) => _html.Append(html).Append('\n');
}
