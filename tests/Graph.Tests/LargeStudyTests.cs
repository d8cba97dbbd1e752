using System.Diagnostics;
using Blobs.TestSupport;
using Graph.Tests.Report;
using StudyResults;

namespace Graph.Tests;

/// <summary>A runs.jsonl far larger than any study; with BLOBS_SOAK=1 alone, as making it takes as long as reading it.</summary>
public sealed class LargeStudyTests
{
    private static readonly bool Soak = Environment.GetEnvironmentVariable("BLOBS_SOAK") == "1";

    /// <summary>A record as RequestClient writes it: with the latencies of its own steps alone.</summary>
    private static RunRecord Record { get; } = HtmlReportTests.Rich with
    {
        Latency = HtmlReportTests.Rich.Latency.Where(step => step.Key is "put" or "get").ToDictionary(),
    };

    [Fact]
    public async Task A_hundred_thousand_records_take_less_than_20_seconds()
    {
        if (!Soak) Assert.Skip("a long test: make soak");
        using var directory = new TempDirectory();
        var records = new Simulation { Blocks = 4167, Truth = (_, procs) => 10_000.0 / procs, Template = Record }.Records();
        var one = RunLogLine(directory, records[0]);
        await File.WriteAllLinesAsync(
            directory["runs.jsonl"], records.Select(record => one(record)), TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();

        var (exitCode, output, errors) = await ChildProcess.RunAsync(
            Repository.Program("Graph"), [directory["runs.jsonl"], "--out", directory["out"]], patience: TimeSpan.FromMinutes(2));

        Assert.True(exitCode == 0, errors);
        Assert.Contains(
            "delete: 2 processes x0.50", output, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    /// <summary>Writing each record by itself would open the log 100,000 times: one line is the pattern for all.</summary>
    private static Func<RunRecord, string> RunLogLine(TempDirectory directory, RunRecord first)
    {
        RunLog.Append(directory["one.jsonl"], first);
        var pattern = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(directory["one.jsonl"]))!;
        return record =>
        {
            pattern["block"] = record.Block;
            pattern["order"] = record.Order;
            pattern["procs"] = record.Procs;
            pattern["action"] = record.Action;
            pattern["elapsedSeconds"] = record.ElapsedSeconds;
            pattern["startedAt"] = record.StartedAt.ToString("O");
            return pattern.ToJsonString();
        };
    }
}
