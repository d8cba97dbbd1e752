using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Variants;

namespace Graph.Report;

/// <summary>A picture as it stands in the page.</summary>
/// <param name="Name">Its file's name, without an ending.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The picture itself.</param>
internal sealed record InlinePicture(string Name, string Title, string Svg);

/// <summary>report.html: one file that needs nothing else, for people.</summary>
internal sealed partial class HtmlReport
{
    private readonly StringBuilder _html = new();
    private int _pictures;

    /// <param name="report">What to tell.</param>
    /// <param name="pictures">The pictures of each scenario, then of each comparison of ways in; empty where none were drawn.</param>
    public static string Write(StudyReport report, IReadOnlyList<IReadOnlyList<InlinePicture>> pictures)
    {
        var page = new HtmlReport();
        page.Line("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        // No page that somebody was sent should call home: nothing may be loaded from anywhere.
        page.Line("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">");
        page.Line("<meta name=\"color-scheme\" content=\"light dark\">\n<title>How multiprocessing affects Blobs Server</title>");
        page.Line($"<style>\n{Asset("report.css")}</style>\n</head>\n<body>\n<h1>How multiprocessing affects Blobs Server</h1>\n<main>");
        for (var index = 0; index < report.VariantActions.Count; index++) page.WaysIn(report.VariantActions[index], report.Rule, pictures[report.Analyses.Count + index]);
        for (var index = 0; index < report.Analyses.Count; index++) page.Scenario(report.Analyses[index], pictures[index]);
        foreach (var baseline in report.Baseline) page.Baseline(baseline, report.Rule);
        page.Measured(report);
        page.Line($"</main>\n<script>\n{Asset("report.js")}</script>\n</body>\n</html>");
        return page._html.ToString();
    }

    private void WaysIn(VariantAction study, DecisionRule rule, IReadOnlyList<InlinePicture> pictures)
    {
        Line($"<section>\n<h2>{Safe(WaysInText.Title(study))}</h2>\n<p>{Safe(study.Subject.Key.Describe())}</p>");
        List("Against each other", "verdicts", WaysInText.Sentences(study, rule));
        foreach (var picture in pictures) Picture(picture);
        Table(WaysInText.Table(study, rule));
        Line("</section>");
    }

    private void Scenario(ScenarioAnalysis analysis, IReadOnlyList<InlinePicture> pictures)
    {
        Line($"<section>\n<h2>{Safe(analysis.Scenario.Key.Work)}</h2>");
        Line($"<p>{Safe(string.Join(", ", analysis.Scenario.Key.Conditions.Describe()))}</p>\n<ul class=\"verdicts\">");
        foreach (var action in analysis.Actions)
        {
            Line($"<li class=\"{Tone(action)}\"><strong>{Safe(action.Action)}: {Safe(Headline.Of(action, analysis.Rule))}</strong><br>");
            Line($"{Unbroken(Sentences.Details(action, analysis.Rule))}</li>");
        }

        Line("</ul>");
        List("Warnings", "warnings", analysis.Warnings());
        Table(Tables.Cells(analysis));
        foreach (var picture in pictures) Picture(picture);
        if (Tables.Scaling(analysis) is { } scaling) Table(scaling);
        Line("</section>");
    }

    private void Baseline(StudyComparison study, DecisionRule rule)
    {
        Line($"<section>\n<h2>Against the baseline: {Safe(study.Key.Describe())}</h2>");
        List("To bear in mind", "warnings", BaselineText.Of(study));
        Table(Tables.Baseline(study, rule));
        Line("</section>");
    }

    private void Measured(StudyReport report)
    {
        Line("<section>\n<h2>How it was measured</h2>\n<dl>");
        foreach (var (name, text) in Method.Of(report)) Line($"<dt>{Safe(name)}</dt><dd>{Safe(text)}</dd>");
        Line("</dl>");
        List("Left out", "warnings", report.InputWarnings);
        Line("</section>");
    }

    private void List(string title, string style, IEnumerable<string> entries)
    {
        var items = entries.ToList();
        if (items.Count == 0) return;
        Line($"<h3>{title}</h3>\n<ul class=\"{style}\">");
        foreach (var item in items) Line($"<li>{Safe(item)}</li>");
        Line("</ul>");
    }

    /// <summary>The frame scrolls on a narrow screen; it can be reached and scrolled with the keyboard.</summary>
    private void Table(ReportTable table)
    {
        Line($"<h3>{Safe(table.Title)}</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Safe(table.Title)}\">\n<table>");
        Line("<caption>Press the head of a column to sort by it.</caption>\n<thead>\n<tr>");
        foreach (var column in table.Columns)
            Line($"<th scope=\"col\" aria-sort=\"none\"{Style(column)}><button type=\"button\">{Safe(column.Name)}</button></th>");
        Line("</tr>\n</thead>\n<tbody>");
        foreach (var row in table.Rows)
        {
            Line("<tr>" + string.Concat(row.Zip(table.Columns, (value, column) =>
                $"<td{Style(column)}{(column.IsNumber || value.SortKey is not null ? $" data-sort=\"{value.SortKey?.ToString("R", CultureInfo.InvariantCulture)}\"" : "")}>{Safe(value.Text)}</td>")) + "</tr>");
        }

        Line("</tbody>\n</table>\n</div>");
    }

    private void Picture(InlinePicture picture)
    {
        // Every picture gives the same names to its parts; in one page they must differ.
        var prefix = $"picture{++_pictures}-";
        var svg = NamesInSvg().Replace(picture.Svg[picture.Svg.IndexOf("<svg", StringComparison.Ordinal)..], name => name.Groups[1].Value + prefix);
        svg = $"<svg role=\"img\" aria-label=\"{Safe(picture.Title)}\"{SvgTitle().Replace(svg["<svg".Length..], "", 1)}";
        Line($"<figure id=\"{Safe(picture.Name)}\">\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{Safe(picture.Title)}\">\n{svg}\n</div>\n</figure>");
    }

    /// <summary>A colour beside the sentence, which says the same in words.</summary>
    private static string Tone(ActionVerdict action)
    {
        var answers = action.Comparisons.Select(comparison => comparison.Answer).Distinct().ToList();
        return (answers.Contains(Answer.Faster), answers.Contains(Answer.Slower)) switch { (true, false) => "help", (false, true) => "cost", _ => "" };
    }

    private static string Style(ReportColumn column) => column switch
    {
        { IsNumber: true } => " class=\"number\"",
        { IsProse: true } => " class=\"prose\"",
        _ => "",
    };

    private static string Safe(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));

    /// <summary>No line ends between a number and its unit or inside an arrow.</summary>
    private static string Unbroken(string text) =>
        Safe(text.Replace(" %", "\u00a0%", StringComparison.Ordinal).Replace(" -> ", "\u00a0\u2192\u00a0", StringComparison.Ordinal));

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

    private void Line(string html) => _html.Append(html).Append('\n');
}
