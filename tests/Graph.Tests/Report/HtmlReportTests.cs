using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace Graph.Tests.Report;

/// <summary>report.html as a reader meets it: in Chromium, by mouse, keyboard and on a phone.</summary>
public sealed class HtmlReportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_finds_the_verdict_sorts_the_table_and_sees_the_pictures_on_any_screen()
    {
        if (Browser.Program is null) Assert.Skip("chromium is not installed: apt-get install chromium");
        using var directory = new TempDirectory();
        await using var browser = await Browser.OpenAsync(await ReportAsync(directory), Cancel);

        Assert.StartsWith(
            "On this machine run 1 process: 2, 4 and 8 cost", await TextAsync(browser, ".verdict p"), StringComparison.Ordinal);
        Assert.Equal(["all actions", "baseline", "list"], (await TableColumnAsync(browser, ".ratios", 0)).Take(3));
        Assert.Equal(["baseline", "baseline", "baseline", "baseline", "list"], (await ColumnAsync(browser, 0)).Take(5));

        // By mouse: up, then down; numbers as numbers.
        await browser.EvaluateAsync("document.querySelectorAll('.figures th button')[2].click()", Cancel);
        var rates = (await ColumnAsync(browser, 2)).Select(Number).ToList();
        Assert.Equal(rates.Order(), rates);
        Assert.Equal("ascending", await TextAsync(browser, ".figures th:nth-child(3)", "getAttribute('aria-sort')"));
        await browser.EvaluateAsync("document.querySelectorAll('.figures th button')[2].click()", Cancel);
        Assert.Equal(rates.OrderDescending(), (await ColumnAsync(browser, 2)).Select(Number));

        // By keyboard: the head of a column takes the focus and answers to Enter.
        await browser.EvaluateAsync("document.querySelectorAll('.figures th button')[1].focus()", Cancel);
        await browser.PressAsync("Enter", Cancel);
        Assert.Equal(["1", "1", "1", "1", "1", "1", "2"], (await ColumnAsync(browser, 1)).Take(7));
        Assert.Equal("none", await TextAsync(browser, ".figures th:nth-child(3)", "getAttribute('aria-sort')"));

        // Ratios, blobs-in-parallel, cores, latency, scaling, order: all with a name for screen readers, and no id twice.
        Assert.Equal(
            6, (await browser.EvaluateAsync(
                "document.querySelectorAll('figure svg[role=img][aria-label]').length", Cancel)).GetValue<int>());
        Assert.Equal(
            0, (await browser.EvaluateAsync(
                "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))", Cancel))
                    .GetValue<int>());

        foreach (var width in (int[])[360, 800, 1400])
        {
            await browser.ResizeAsync(width, Cancel);
            // The page itself never scrolls sideways; wide tables and pictures do so in their frames.
            Assert.InRange(
                (await browser.EvaluateAsync("document.documentElement.scrollWidth", Cancel)).GetValue<int>(), width - 30, width);
        }
    }

    [Fact]
    public async Task The_page_follows_the_readers_colours_and_loads_nothing()
    {
        if (Browser.Program is null) Assert.Skip("chromium is not installed: apt-get install chromium");
        using var directory = new TempDirectory();
        var report = await ReportAsync(directory);
        await using var browser = await Browser.OpenAsync(report, Cancel);

        foreach (var (scheme, background) in new[] { ("light", "rgb(255, 255, 255)"), ("dark", "rgb(22, 24, 26)") })
        {
            await browser.PreferAsync(scheme, Cancel);
            Assert.Equal(
                background, (await browser.EvaluateAsync(
                    "getComputedStyle(document.body).backgroundColor", Cancel)).GetValue<string>());
        }

        Assert.Equal(0, (await browser.EvaluateAsync("performance.getEntriesByType('resource').length", Cancel)).GetValue<int>());
        Assert.DoesNotMatch(@"(src|href)=[""']?(https?:)?//", await File.ReadAllTextAsync(report, Cancel));
    }

    [Fact]
    public async Task Text_from_records_stays_text()
    {
        using var directory = new TempDirectory();
        var hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> | *b* \"q\" &amp; ]]>";
        var report = await ReportAsync(directory, new Simulation
        {
            Procs = [1, 2],
            Template = Rich with { Store = hostile, Machine = Rich.Machine with { Kernel = hostile } },
        });

        var html = await File.ReadAllTextAsync(report, Cancel);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<script>"));
        var markdown = await File.ReadAllTextAsync(directory["out/report.md"], Cancel);
        Assert.DoesNotContain("<img", markdown.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>A record that knows everything: CPU of all, latencies, counts that balance.</summary>
    internal static StudyResults.RunRecord Rich { get; } = Simulation.Example with
    {
        CpuSeconds = new StudyResults.CpuSecondsRecord { Client = 0.5, Proxy = 0.8, Workers = [2.4] },
        Latency = ResultsLatency(),
        Warmup = new StudyResults.WarmupRecord { LimitSeconds = 3, ElapsedSeconds = 1, Operations = 9000, Settled = true },
    };

    private static async Task<string> ReportAsync(TempDirectory directory, Simulation? simulation = null)
    {
        var study = simulation ?? new Simulation { Truth = (action, procs) => 10_000.0 / action.Length / procs, Template = Rich };
        var (exitCode, _, errors) =
            await GraphProgram.RunAsync(directory.Write("runs.jsonl", study.Records()), "--out", directory["out"]);
        Assert.True(exitCode == 0, errors);
        return directory["out/report.html"];
    }

    private static Dictionary<string, StudyResults.LatencyRecord> ResultsLatency()
    {
        var histogram = new StudyResults.LatencyHistogram();
        var random = new Random(1);
        for (var request = 0; request < 20_000; request++)
            histogram.Record((long)(1e6 * Math.Exp(0.5 * Simulation.Normal(random))));
        return StudyResults.ResultsTable.Actions.ToDictionary(step => step, _ => StudyResults.LatencyRecord.Of(histogram));
    }

    private static async Task<string> TextAsync(Browser browser, string selector, string property = "textContent") =>
        (await browser.EvaluateAsync($"document.querySelector(\"{selector}\").{property}", Cancel)).GetValue<string>();

    private static Task<IReadOnlyList<string>> ColumnAsync(Browser browser, int column) =>
        TableColumnAsync(browser, ".figures", column);

    private static async Task<IReadOnlyList<string>> TableColumnAsync(Browser browser, string section, int column) =>
    [
        .. (await browser.EvaluateAsync(
            $"[...document.querySelector('{section} table').tBodies[0].rows].map(row => row.cells[{column}].textContent)",
                Cancel))
            .AsArray().Select(cell => cell!.GetValue<string>()),
    ];

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
