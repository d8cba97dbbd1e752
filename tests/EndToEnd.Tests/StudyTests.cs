using Blobs.TestSupport;
using StudyResults;

namespace EndToEnd.Tests;

/// <summary>The main job, as a user starts it: real servers, real HAProxy, real load, real picture.</summary>
public sealed class StudyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_study_leaves_a_table_a_picture_and_an_answer_and_nothing_else()
    {
        using var study = new Study();
        await using var script = study.Start();
        var exitCode = await script.WaitForExitAsync(Patience);

        Assert.True(exitCode == 0, script.StandardOutput + script.StandardError);
        var lines = await File.ReadAllLinesAsync(Path.Combine(study.Out, "results.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(12, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^[12] (baseline|list|put|get|flag|delete) 200 10 \d+\.\d+$", line));
        Assert.Equal(12, lines.Select(line => string.Join(' ', line.Split(' ')[..2])).Distinct().Count());
        AssertIsPicture(Path.Combine(study.Out, "blobs-in-parallel.png"));
        foreach (var action in new[] { "baseline", "list", "put", "get", "flag", "delete" })
        {
            Assert.Contains(script.StandardOutput.Split('\n'), line => line.TrimStart().StartsWith(action + ":", StringComparison.Ordinal));
        }

        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task A_studys_records_hold_every_operation_and_balanced_books()
    {
        using var study = new Study();
        study.Environment["ACTIONS"] = "baseline get";
        await using var script = study.Start();
        Assert.Equal(0, await script.WaitForExitAsync(Patience));

        var records = RunLog.Read(Path.Combine(study.Out, "runs.jsonl")).ToArray();
        Assert.Equal(8, records.Length);
        Assert.Equal(Enumerable.Range(1, 8), records.Select(record => record.Order!.Value));
        Assert.All(records, record =>
        {
            var requestsPerOperation = record.Action == "get" ? 2 : 1;
            Assert.Empty(record.Errors);
            Assert.Equal(200, record.Operations);
            Assert.Equal(200 * requestsPerOperation, record.Requests);
            Assert.Equal(record.Requests, record.ProxyRequests);
            Assert.Equal(record.Procs, record.RequestsPerWorker!.Count);
            Assert.Equal(record.Requests, record.RequestsPerWorker.Sum());
            Assert.True(record.CpuSeconds.Client > 0);
        });
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_ends_it_with_130_and_leaves_nothing()
    {
        using var study = new Study();
        study.Environment["RUNS"] = "50";
        await using var script = study.Start();
        await script.WaitForOutputAsync(@"^\[ *2/", Patience);
        Study.PressCtrlC(script);

        Assert.Equal(130, await script.WaitForExitAsync());
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_ends_it_with_143_and_leaves_nothing()
    {
        using var study = new Study();
        study.Environment["SCENARIOS"] = "1000000x10";
        await using var script = study.Start();
        await script.WaitForOutputAsync(@"runs in \d+ blocks", Patience);
        await Eventually.HoldsAsync(() => !FreePorts.IsFree(study.Port), () => "the proxy did not listen", TimeSpan.FromSeconds(30));
        script.Signal("TERM");

        Assert.Equal(143, await script.WaitForExitAsync());
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task A_directory_that_it_did_not_make_is_left_alone()
    {
        using var study = new Study();
        Directory.CreateDirectory(study.BlobsDirectory);
        var precious = Path.Combine(study.BlobsDirectory, "precious");
        await File.WriteAllTextAsync(precious, "mine", TestContext.Current.CancellationToken);
        await using var script = study.Start();

        Assert.Equal(1, await script.WaitForExitAsync(Patience));
        Assert.Contains("was not made by this script", script.StandardError, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(precious, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_link_in_place_of_the_directory_is_not_followed()
    {
        using var study = new Study();
        using var elsewhere = new TempDirectory();
        await File.WriteAllTextAsync(elsewhere[".made-by-run-test"], "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(elsewhere["precious"], "mine", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(study.BlobsDirectory, elsewhere.FullPath);
        study.Environment["BLOBS_DIR"] = study.BlobsDirectory + "/";
        await using var script = study.Start();

        Assert.Equal(1, await script.WaitForExitAsync(Patience));
        Assert.Equal("mine", await File.ReadAllTextAsync(elsewhere["precious"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("PROCS", "one", "'one'")]
    [InlineData("SCENARIOS", "20000", "'20000'")]
    [InlineData("PROXY", "carrier-pigeon", "carrier-pigeon")]
    public async Task A_wrong_variable_is_named_and_nothing_is_started(string variable, string value, string named)
    {
        using var study = new Study();
        study.Environment[variable] = value;
        await using var script = study.Start();

        Assert.NotEqual(0, await script.WaitForExitAsync(Patience));
        Assert.Contains(named, script.StandardError, StringComparison.Ordinal);
        Assert.Empty(study.Leftovers());
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var study = new Study();
        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, study.Port + 1);
        squatter.Start();
        await using var script = study.Start();

        Assert.Equal(1, await script.WaitForExitAsync(Patience));
        Assert.Contains($"{study.Port + 1}", script.StandardError, StringComparison.Ordinal);
    }

    private static void AssertIsPicture(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        // Width and height stand at fixed places of the header (PNG specification, 11.2.2 IHDR).
        var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16));
        var height = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20));
        Assert.InRange(width, 800, 6000);
        Assert.InRange(height, 400, 6000);
        // An empty page compresses to a few hundred bytes a hundred thousand pixels; bars and text don't.
        Assert.True(bytes.Length > 20_000, $"{path} holds only {bytes.Length} bytes: an empty picture?");
    }
}
