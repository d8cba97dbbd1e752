using System.Buffers.Binary;
using Blobs.TestSupport;
using StudyResults;

namespace Graph.Tests;

/// <summary>
/// The program on real and simulated studies: which files appear, and that they are the pictures they claim to be.
/// </summary>
public sealed class PictureTests
{
    private static readonly string Original = Repository.PathOf("tests", "Graph.Tests", "original-results-2017-01-04.txt");

    [Fact]
    public async Task The_original_study_of_2017_is_drawn()
    {
        using var directory = new TempDirectory();

        var (exitCode, output, errors) = await GraphProgram.RunAsync(Original, "--out", directory.FullPath);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains(
            "put: 2 processes x0.72 can't tell; 4 processes x0.88 can't tell; 8 processes x0.76 can't tell",
            output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "blobs-in-parallel.png", "blobs-in-parallel.svg", "ratios.png", "ratios.svg", "report.html", "report.md"
            ], FilesOf(directory));
        AssertPng(directory["blobs-in-parallel.png"]);
        var svg = await File.ReadAllTextAsync(directory["blobs-in-parallel.svg"], TestContext.Current.CancellationToken);
        foreach (var text in (string[])["How multiprocessing affects Blobs Server", "1000 operations, 10 KiB blobs", "baseline", "put+get", "put+flag", "put+delete", "1 process", "8 processes", "Operations per second"])
            Assert.Contains(text, svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_gives_table_pictures_and_a_line_per_action()
    {
        using var directory = new TempDirectory();
        var runs = directory.Write("runs.jsonl", new Simulation { Truth = (_, procs) => 10_000.0 / procs }.Records());

        var (exitCode, output, errors) = await GraphProgram.RunAsync(runs, "--out", directory["out"]);

        Assert.Equal((0, ""), (exitCode, errors));
        foreach (var action in ResultsTable.Actions)
        {
            Assert.Matches(
                $"(?m)^  {action}: 2 processes x0\\.[45]\\d \\[0\\.\\d+, 0\\.\\d+\\] slower; 4 processes x0\\.2", output);
        }

        var table = ResultsTable.Read(
            new StringReader(await File.ReadAllTextAsync(directory["out/results.txt"], TestContext.Current.CancellationToken)));
        Assert.Empty(table.Faults);
        Assert.Equal(24, table.Rows.Count);
        Assert.Contains("  On this machine run 1 process: 2, 4 and 8 cost ", output, StringComparison.Ordinal);
        AssertPng(directory["out/blobs-in-parallel.png"]);
    }

    [Fact]
    public async Task Each_scenario_gets_a_picture_and_the_first_also_the_plain_name()
    {
        using var directory = new TempDirectory();
        var simulation = new Simulation { Procs = [1, 2], Actions = ["put"], Blocks = 1 };
        var runs = directory.Write("runs.jsonl",
        [
            .. (simulation with { Template = Simulation.Example with { Amount = 1000, Operations = 1000, SizeKiB = 1000 } })
                .Records(),
            .. simulation.Records(),
        ]);

        var (exitCode, _, _) = await GraphProgram.RunAsync(runs, "--out", directory["out"]);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            [
                "blobs-in-parallel-1000x1000.png", "blobs-in-parallel-1000x1000.svg", "blobs-in-parallel-20000x10.png",
                "blobs-in-parallel-20000x10.svg", "blobs-in-parallel.png", "blobs-in-parallel.svg",
            ],
            Directory.GetFiles(directory["out"], "blobs-*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(
            await File.ReadAllBytesAsync(directory["out/blobs-in-parallel-20000x10.png"], TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(directory["out/blobs-in-parallel.png"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Several_ways_in_are_compared_and_their_pictures_carry_their_names()
    {
        using var directory = new TempDirectory();
        var study = new Simulation { Procs = [1, 2], Actions = ["put"] };
        var runs = directory.Write(
            "runs.jsonl",
            [
                .. study.Records(), .. (study with { Seed = 2, Template = Simulation.Example with { Proxy = "nginx" } }).Records()
            ]);

        var (exitCode, output, _) = await GraphProgram.RunAsync(runs, "--out", directory["out"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("With 2 processes, against haproxy: nginx", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "blobs-in-parallel-20000x10-haproxy.png", "blobs-in-parallel-20000x10-nginx.png", "blobs-in-parallel.png",
                "ratios-20000x10-haproxy.png", "ratios-20000x10-nginx.png", "ratios.png", "ways-in-ratios.png", "ways-in.png",
            ],
            Directory.GetFiles(directory["out"], "*.png").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(directory["out/results-nginx.txt"]));
    }

    [Fact]
    public async Task Each_comparison_names_its_pictures_by_what_sets_it_apart_from_others_of_its_kind()
    {
        using var directory = new TempDirectory();
        var study = new Simulation { Procs = [1, 2], Actions = ["put"] };
        var runs = directory.Write("runs.jsonl",
        [
            .. from engine in (string?[])[null, "redis"]
            from connections in (int[])[10, 50]
            from record in (study with
            {
                Seed = connections,
                Template = Simulation.Example with { StoreEngine = engine, Concurrency = connections },
            }).Records()
            select record,
        ]);

        var (exitCode, output, _) = await GraphProgram.RunAsync(runs, "--out", directory["out"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("With 2 processes, against disk: redis", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "connections-20000x10-disk.png", "connections-20000x10-redis.png", "stores-20000x10-10-connections.png",
                "stores-20000x10-50-connections.png",
            ],
            Directory.GetFiles(directory["out"], "*.png").Select(path => Path.GetFileName(path))
                .Where(name => name.StartsWith("connections-2", StringComparison.Ordinal) || name.StartsWith("stores-2", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_pictures_leaves_table_and_report()
    {
        using var directory = new TempDirectory();
        var runs = directory.Write("runs.jsonl", new Simulation { Procs = [1, 2], Blocks = 2 }.Records());

        var (exitCode, _, _) = await GraphProgram.RunAsync(runs, "--out", directory["out"], "--no-pictures");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["report.html", "report.md", "results.txt"],
            Directory.GetFiles(directory["out"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_gnuplot_table_and_lines_are_there_and_one_line_says_what_to_install()
    {
        using var directory = new TempDirectory();
        var runs = directory.Write("runs.jsonl", new Simulation { Procs = [1, 2], Blocks = 2 }.Records());

        var (exitCode, output, errors) = await ChildProcess.RunAsync(
            Repository.Program("Graph"),
            [
                runs, "--out", directory["out"]
            ], new Dictionary<string, string?> { ["PATH"] = directory.FullPath });

        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^  delete: 2 processes x", output);
        Assert.Equal(12, File.ReadLines(directory["out/results.txt"]).Count());
        Assert.Contains(
            "apt-get install gnuplot-nox", Assert.Single(
                errors.Split('\n'), line => line.Contains("gnuplot", StringComparison.Ordinal)), StringComparison.Ordinal);
        foreach (var report in (string[])["out/report.md", "out/report.html"])
        {
            Assert.Contains(
                "tell how many processes to run",
                await File.ReadAllTextAsync(directory[report], TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Text_from_records_is_shown_and_never_run()
    {
        using var directory = new TempDirectory();
        var store = $"`touch {directory["pwned"]}` \"quoted\" \\n %d ${{x}} @y 'single' <b>&amp; ^{{a}}_b";
        var runs = directory.Write("runs.jsonl",
            new Simulation { Procs = [1, 2], Actions = ["put"], Template = Simulation.Example with { Store = store } }.Records());

        var (exitCode, _, _) = await GraphProgram.RunAsync(runs, "--out", directory["out"]);

        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(directory["pwned"]));
        var svg = System.Xml.Linq.XDocument.Load(directory["out/blobs-in-parallel.svg"]);
        var shown = string.Concat(
            svg.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value.Trim() + " "));
        Assert.Contains("\"quoted\" \\n %d ${x} @y 'single' <b>&amp; ^{a}_b", shown, StringComparison.Ordinal);
    }

    private static string[] FilesOf(TempDirectory directory) =>
        [.. Directory.GetFiles(directory.FullPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static void AssertPng(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), 1500, 3000);
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)), 1000, 3000);
    }
}
