using Blobs.TestSupport;
using Graph.Inputs;
using Graph.Tests.Report;
using StudyResults;

namespace Graph.Tests.Inputs;

/// <summary>Inputs that can't be used give one line that names file, line and remedy.</summary>
public sealed class StudyReaderTests
{
    [Theory]
    [InlineData("", "runs.jsonl: empty: run ./run-test.sh")]
    [InlineData("\n \n", "runs.jsonl: empty: run ./run-test.sh")]
    [InlineData("1 put 1000 10 1.5\n2 put 1000\n", "runs.jsonl:2: has 3 columns")]
    [InlineData("\n\n2 put 1000\n", "runs.jsonl:3: has 3 columns")]
    [InlineData("\u0000\u0001\u0002\u001b[2J", "runs.jsonl:1: has 1 columns")]
    [InlineData("{}\n", "runs.jsonl:1: ")]
    [InlineData("{\"schema\":1,\"act", "runs.jsonl:1: the line is cut off")]
    [InlineData("{\"schema\":99", "runs.jsonl:1: the line is cut off")]
    [InlineData("{[[[[[[[[[\n", "runs.jsonl:1: ")]
    public void Read_TextThatIsNoStudy_IsRefusedInOneLine(string text, string expected)
    {
        using var directory = new TempDirectory();

        var line = FailureOf(directory.Write("runs.jsonl", text));

        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }

    public static TheoryData<string, string> SenselessValues => new()
    {
        { "\"elapsedSeconds\":2", "\"elapsedSeconds\":0" },
        { "\"elapsedSeconds\":2", "\"elapsedSeconds\":-1" },
        { "\"elapsedSeconds\":2", "\"elapsedSeconds\":1e999" },
        { "\"procs\":1", "\"procs\":0" },
        { "\"procs\":1", "\"procs\":100000" },
        { "\"amount\":20000", "\"amount\":0" },
        { "\"operations\":20000", "\"operations\":-5" },
        { "\"concurrency\":10", "\"concurrency\":0" },
        { "\"action\":\"put\"", "\"action\":\"\"" },
        { "\"action\":\"put\"", "\"action\":\"put it\"" },
        { "\"action\":\"put\"", "\"action\":null" },
        { "\"client\":0.5", "\"client\":-0.5" },
        { "\"schema\":1", "\"schema\":2" },
        { "\"errors\":{}", "\"errors\":{\"reset\":-1}" },
        { "\"histogram\":\"HIST", "\"histogram\":\"HISS" },
    };

    [Theory]
    [MemberData(nameof(SenselessValues))]
    public void Read_RecordThatMakesNoSense_IsRefusedWithItsLine(string right, string wrong)
    {
        using var directory = new TempDirectory();
        var record = Simulation.Example with
        {
            Procs = 1,
            Latency = new Dictionary<string, LatencyRecord> { ["put"] = HtmlReportTests.Rich.Latency["put"] },
        };
        var path = directory.Write("runs.jsonl", [record, record]);
        var lines = File.ReadAllLines(path);
        Assert.Contains(right, lines[1], StringComparison.Ordinal);
        lines[1] = lines[1].Replace(right, wrong, StringComparison.Ordinal);
        File.WriteAllLines(path, lines);

        Assert.Contains("runs.jsonl:2: ", FailureOf(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SkippingBadLines_KeepsTheOthersAndSaysHowMany()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", [Simulation.Example with { Procs = 1 }]);
        File.AppendAllText(path, "{\"schema\":1}\nnonsense\n{\"schema\":1,\"action\":");
        directory.Write("results.txt", "1 put 20000 10 5\n1 put\n");

        var input = StudyReader.Read(
            [path, directory["results.txt"]], skipBad: true, TestContext.Current.CancellationToken).Input!;

        Assert.Equal((1, 1), (input.Records.Count, input.Rows.Count));
        Assert.Collection(
            input.Warnings,
            warning => Assert.Matches(@"runs\.jsonl:2: .* \(and 2 more such lines\): left out$", warning),
            warning => Assert.EndsWith(
                "results.txt:2: has 2 columns, not the five of 'procs action amount size seconds': left out", warning,
                StringComparison.Ordinal));
    }

    [Fact]
    public void Read_LineWithoutEnd_IsNoMemoryHog()
    {
        using var directory = new TempDirectory();
        var path = directory.Write("runs.jsonl", "{" + new string('x', 20_000_000) + "\n");

        Assert.Contains("runs.jsonl:1: longer than any run record", FailureOf(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatIsNoFile_IsRefused()
    {
        using var directory = new TempDirectory();

        Assert.Contains("not found", FailureOf(directory["nothing"]), StringComparison.Ordinal);
        Assert.Contains("results.txt: not found", FailureOf(directory.FullPath), StringComparison.Ordinal);
        Assert.Contains("not a regular file", FailureOf("/dev/zero"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RunsWithoutAProcessCount_AreNoStudy()
    {
        using var directory = new TempDirectory();

        Assert.Contains(
            "no run that can be used", FailureOf(directory.Write("runs.jsonl", [Simulation.Example])), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyRunsOfACell_KeepsTheHistogramsOfTheFirst()
    {
        using var directory = new TempDirectory();
        var record = Simulation.Example with
        {
            Procs = 1,
            Latency = new Dictionary<string,
            LatencyRecord>
            { ["put"] = HtmlReportTests.Rich.Latency["put"] },
        };

        var input = StudyReader.Read(
            [
                directory.Write("runs.jsonl", Enumerable.Repeat(record, 103))
            ], skipBad: false, TestContext.Current.CancellationToken).Input!;

        Assert.Equal((103, 100), (input.Records.Count, input.Records.Count(run => run.Latency.Count > 0)));
    }

    private static string FailureOf(string path)
    {
        var reading = StudyReader.Read([path], skipBad: false, TestContext.Current.CancellationToken);
        Assert.Null(reading.Input);
        return reading.Failure!;
    }
}
