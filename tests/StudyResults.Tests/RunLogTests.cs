using Blobs.TestSupport;

namespace StudyResults.Tests;

public sealed class RunLogTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Log => _directory["runs.jsonl"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_OfAppended_SameRecords()
    {
        var first = Records.Example() with { Errors = new Dictionary<string, long> { ["status-500"] = 3 } };
        var second = Records.Example() with { Action = "get", Procs = null, RequestsPerWorker = null, Warmup = null };
        RunLog.Append(Log, first);
        RunLog.Append(Log, second);
        Assert.Equal(2, File.ReadAllLines(Log).Length);
        Assert.Equivalent(new[] { first, second }, RunLog.Read(Log), strict: true);
    }

    [Fact]
    public void Read_OnlyRequiredFields_DefaultsForTheOthers()
    {
        RunLog.Append(Log, Records.Minimal());
        var read = Assert.Single(RunLog.Read(Log));
        Assert.Empty(read.Errors);
        Assert.Empty(read.Latency);
        Assert.Equal(RunRecord.CurrentSchema, read.Schema);
        var text = File.ReadAllText(Log).Replace("\"errors\":{},", "", StringComparison.Ordinal)
            .Replace("\"latency\":{},", "", StringComparison.Ordinal);
        File.WriteAllText(Log, text);
        read = Assert.Single(RunLog.Read(Log));
        Assert.Empty(read.Errors);
        Assert.Empty(read.Latency);
    }

    /// <summary>As other people's programs write it: one kind of number, null for the unknown, no more than they know.</summary>
    [Fact]
    public void Read_RecordOfAnotherProgram_KnowsWhatItSays()
    {
        File.WriteAllText(Log, """
            {"action":"put","amount":2e4,"sizeKiB":10.0,"concurrency":10,"procs":2.0,"startedAt":"2026-03-01T08:00:00Z",
            "elapsedSeconds":2,"operations":12345.0,"requestsPerWorker":[6000.0,6345.0],"errors":null,"cpuSeconds":null,
            "latency":{"put":{"count":12345,"p50Microseconds":1,"p90Microseconds":2,"p99Microseconds":3,"p999Microseconds":4,
            "maxMicroseconds":5}},"machine":{"cpuModel":"Other CPU","cores":4},"operator":{"name":"Ann"}}
            """.ReplaceLineEndings(""));

        var read = Assert.Single(RunLog.Read(Log));

        Assert.Equal((RunRecord.CurrentSchema, 20_000, 10), (read.Schema, read.Amount, read.SizeKiB));
        Assert.Equal((2, 12_345), (read.Procs, read.Operations));
        Assert.Equal([6000, 6345], read.RequestsPerWorker!);
        Assert.Empty(read.Errors);
        Assert.Equal(new CpuSecondsRecord(), read.CpuSeconds);
        Assert.Null(read.Requests ?? read.Bytes ?? read.Machine.MemoryMiB);
        Assert.Null(read.Latency["put"].Histogram);
    }

    [Fact]
    public void Read_BrokenLine_NamesFileLineAndRemedy()
    {
        RunLog.Append(Log, Records.Example());
        File.AppendAllText(Log, "\n{\"schema\":1,\"action\":");
        RunLog.Append(Log, Records.Example());
        var failure = Assert.Throws<RunLogException>(() => RunLog.Read(Log));
        Assert.StartsWith($"{Log}:3: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("remove the line and run that cell again", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, failure.LineNumber);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("procs action amount")]
    public void Read_NoRecord_NamesTheLine(string line)
    {
        File.WriteAllText(Log, line + "\n");
        Assert.Equal(1, Assert.Throws<RunLogException>(() => RunLog.Read(Log)).LineNumber);
    }

    [Fact]
    public void Read_NewerSchema_SaysSo()
    {
        RunLog.Append(Log, Records.Example() with { Schema = 99 });
        Assert.Contains("schema 99", Assert.Throws<RunLogException>(() => RunLog.Read(Log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_AfterATornLine_BeginsALineOfItsOwn()
    {
        File.WriteAllText(Log, "{\"torn\":");
        RunLog.Append(Log, Records.Example());
        Assert.Equal(2, File.ReadAllLines(Log).Length);
        Assert.Equal(1, Assert.Throws<RunLogException>(() => RunLog.Read(Log)).LineNumber);
    }

    [Fact]
    public void Append_FromManyThreads_EveryLineWhole()
    {
        const int Writers = 8, Each = 25;
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (var order = 0; order < Each; order++)
                RunLog.Append(Log, Records.Example() with { Block = writer, Order = order });
        });
        var read = RunLog.Read(Log);
        Assert.Equal(Writers * Each, read.Select(record => (record.Block, record.Order)).Distinct().Count());
    }

    [Fact]
    public void EnsureWritable_NoSuchDirectory_Throws() =>
        Assert.ThrowsAny<IOException>(() => RunLog.EnsureWritable(Path.Combine(_directory.FullPath, "missing", "runs.jsonl")));
}
