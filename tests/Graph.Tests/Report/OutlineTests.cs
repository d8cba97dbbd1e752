using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Blobs.TestSupport;
using Graph.Analysis.Comparing;
using Graph.Report;
using Graph.Report.Document;

namespace Graph.Tests.Report;

/// <summary>One order for all forms of the report, and sentences that can be read.</summary>
public sealed class OutlineTests
{
    /// <summary>More than this is more than one message.</summary>
    private const int MostWords = 40;

    [Fact]
    public async Task Every_form_tells_the_same_sections_in_the_same_order()
    {
        using var directory = new TempDirectory();
        var study = new Simulation { Procs = [1, 2], Actions = ["list", "put"], Template = HtmlReportTests.Rich };
        var runs = directory.Write(
            "runs.jsonl",
            [.. study.Records(), .. (study with { Template = HtmlReportTests.Rich with { Proxy = "nginx" } }).Records()]);

        var (exitCode, output, errors) = await GraphProgram.RunAsync(
            runs, "--out", directory["out"], "--verdict-json", directory["verdict.json"], "--no-pictures");

        Assert.True(exitCode == 0, errors);
        var sections = JsonNode.Parse(await ReadAsync(directory["verdict.json"]))!["report"]!.AsArray();
        var titles = sections.Select(section => section!["title"]!.GetValue<string>()).ToList();
        Assert.Equal(
            ["scenario", "verdict", "ratios", "figures", "scenario", "verdict", "ratios", "checks", "actions", "figures"],
            sections.Take(10).Select(section => section!["kind"]!.GetValue<string>()));
        Assert.Equal("method", sections[^1]!["kind"]!.GetValue<string>());
        var markdown = await ReadAsync(directory["out/report.md"]);
        Assert.Equal(
            titles, Regex.Matches(markdown, "(?m)^##+ (.*)$").Select(title => title.Groups[1].Value).Where(titles.Contains));
        var html = await ReadAsync(directory["out/report.html"]);
        Assert.Equal(
            titles, Regex.Matches(html, "<h[23]>(.*?)</h[23]>").Select(
                title => System.Net.WebUtility.HtmlDecode(title.Groups[1].Value)));
        var scenarios = titles.Where(title => title.Contains("operations", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            scenarios, output.Split('\n').Where(line => !line.StartsWith(' ') && line.EndsWith(':')).Select(line => line[..^1]));
    }

    [Fact]
    public void Of_AnyStudy_HasNoSentenceOfManyWords()
    {
        var document =
            DocumentOf(new Simulation { Procs = [1, 2, 3, 4, 6, 8, 12, 16], Noise = 0.3, Template = HtmlReportTests.Rich });

        var sentences = document.Sections.SelectMany(section => section.Parts).OfType<SentencesPart>()
            .SelectMany(part => part.Sentences).ToList();

        Assert.NotEmpty(sentences);
        Assert.All(sentences, sentence => Assert.InRange(sentence.Text.Split(' ').Length, 1, MostWords));
    }

    [Fact]
    public void Of_AnyStudy_SaysNoSentenceTwiceInAScenario()
    {
        var document = DocumentOf(new Simulation { Noise = 0.2, Seed = 3, Template = HtmlReportTests.Rich });

        var sentences = document.Sections.SelectMany(section => section.Parts).OfType<SentencesPart>()
            .SelectMany(part => part.Sentences.Select(sentence => (part.Name, sentence.Text))).ToList();

        Assert.Equal(sentences.Distinct(), sentences);
    }

    [Fact]
    public void Of_OneNumberOfProcesses_HasNoEmptySection() => Assert.All(
        DocumentOf(new Simulation { Procs = [2] }).Sections.Where(
            section => section.Kind != SectionKind.Scenario), section => Assert.NotEmpty(section.Parts));

    [Fact]
    public void Of_CellWithoutAnyRightOperation_HasNoRateAndNoAnswer()
    {
        var records = new Simulation { Procs = [1, 2], Actions = ["put"] }.Records()
            .Select(run => run.Procs == 2 ? run with { Operations = 0 } : run);
        var report = new StudyReport { Rule = DecisionRule.Default, Analyses = [Simulation.AnalysisOf(records)] };

        var ratios =
            Outline.Of(report, PictureSet.None(report).Drawn).Sections.Single(section => section.Kind == SectionKind.Ratios);

        Assert.Equal("no rate, can't tell", ratios.Parts.OfType<TablePart>().Single().Table.Rows[0][1].Text);
    }

    [Fact]
    public void Of_PlanWithEmptyVariables_LeavesThemOut()
    {
        var analysis = new Simulation().Analysis();
        var report = new StudyReport { Rule = DecisionRule.Default, Analyses = [analysis], Plan = ["feed", "seed 4711"] };

        var method =
            Outline.Of(report, PictureSet.None(report).Drawn).Sections.Single(section => section.Kind == SectionKind.Method);

        Assert.Equal(
            ["seed 4711"],
            method.Parts.OfType<SentencesPart>().Single(part => part.Name == "Plan").Sentences.Select(sentence => sentence.Text));
    }

    [Fact]
    public void Of_Verdict_ComesFirst() => Assert.Equal(
        [SectionKind.Scenario, SectionKind.Verdict, SectionKind.Ratios, SectionKind.Checks],
        DocumentOf(new Simulation()).Sections.Take(4).Select(section => section.Kind));

    private static ReportDocument DocumentOf(Simulation simulation)
    {
        var report = new StudyReport { Rule = DecisionRule.Default, Analyses = [simulation.Analysis()] };
        return Outline.Of(report, PictureSet.None(report).Drawn);
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}
