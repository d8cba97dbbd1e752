using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Tests;

/// <summary>Records of studies that never ran, with a known truth behind them, to see whether the analysis finds it.</summary>
internal sealed record Simulation
{
    public IReadOnlyList<int> Procs { get; init; } = [1, 2, 4, 8];

    public IReadOnlyList<string> Actions { get; init; } = ResultsTable.Actions;

    public int Blocks { get; init; } = 5;

    /// <summary>True operations per second of an action at a number of processes.</summary>
    public Func<string, int, double> Truth { get; init; } = (_, _) => 10_000;

    /// <summary>Standard deviation of the logarithm of a run's rate.</summary>
    public double Noise { get; init; } = 0.05;

    /// <summary>The logarithm of how much slower the machine has become when the last run begins.</summary>
    public double Drift { get; init; }

    /// <summary>
    /// Standard deviation of what a start of the servers adds to the logarithms of an arm's rates, all actions alike.
    /// </summary>
    public double StartNoise { get; init; }

    /// <summary>Standard deviation of what a block adds to all of its runs.</summary>
    public double BlockNoise { get; init; }

    /// <summary>How many of the runs are halved by something that happens now and then: 0.05 for one in 20.</summary>
    public double HalvedRatio { get; init; }

    /// <summary>How many of the runs have no record: 0.1 for one in ten.</summary>
    public double MissingRatio { get; init; }

    /// <summary>How many starts of an arm are slow in all their runs, at x0.7.</summary>
    public double SlowStartRatio { get; init; }

    /// <summary>Whether the smallest cell is measured under a second label too.</summary>
    public bool Control { get; init; }

    /// <summary>Null where records don't tell the start.</summary>
    public int? BlocksPerStart { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Each run is this record, with its own place and time.</summary>
    public RunRecord Template { get; init; } = Example;

    public static RunRecord Example { get; } = new()
    {
        Study = "simulated",
        Action = "put",
        Amount = 20_000,
        SizeKiB = 10,
        Concurrency = 10,
        Proxy = "haproxy",
        Store = "BlobsServer on ext4",
        Durability = "none",
        StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ElapsedSeconds = 2,
        Operations = 20_000,
        Requests = 20_000,
        Bytes = 20_000L * 10 * 1024,
        CpuSeconds = new CpuSecondsRecord { Client = 0.5 },
        Machine = new MachineRecord
        {
            CpuModel = "Example CPU",
            Cores = 2,
            MemoryMiB = 16_384,
            OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
            Kernel = "6.1.0",
            Runtime = ".NET 10.0.0",
        },
    };

    /// <summary>The analysis of the one scenario that the records make.</summary>
    public ScenarioAnalysis Analysis() => AnalysisOf(Records());

    public static ScenarioAnalysis AnalysisOf(IEnumerable<RunRecord> records) =>
        ScenarioAnalysis.Of(Assert.Single(ScenarioBuilder.FromRecords(records)), DecisionRule.Default);

    /// <summary>In each block every cell once, in shuffled order.</summary>
    public IReadOnlyList<RunRecord> Records()
    {
        var random = new Random(Seed);
        var cells = Procs.Select(count => (Count: count, IsControl: false)).Concat(Control ? [(Procs.Min(), true)] : [])
            .SelectMany(arm => Actions.Select(action => (arm.Count, arm.IsControl, Action: action))).ToArray();
        var records = new List<RunRecord>();
        var last = Math.Max(1, cells.Length * Blocks - 1);
        var starts = new Dictionary<int, double>();
        for (var block = 1; block <= Blocks; block++)
        {
            if ((block - 1) % (BlocksPerStart ?? 1) == 0)
                starts = Procs.ToDictionary(count => count, _ => StartOf(random));
            var level = BlockNoise == 0 ? 0 : BlockNoise * Normal(random);
            random.Shuffle(cells);
            foreach (var (count, isControl, action) in cells)
            {
                var log = Math.Log(Truth(action, count)) + level + starts[count]
                    + Noise * Normal(random) - Drift * records.Count / last;
                if (HalvedRatio > 0 && random.NextDouble() < HalvedRatio) log -= Math.Log(2);
                if (MissingRatio > 0 && random.NextDouble() < MissingRatio) continue;
                records.Add(Run(count, action, block, records.Count + 1, Math.Exp(log)) with
                {
                    Control = isControl ? true : null,
                    Start = BlocksPerStart is { } blocks ? (block - 1) / blocks + 1 : null,
                });
            }
        }

        return records;
    }

    private double StartOf(Random random) => (StartNoise == 0 ? 0 : StartNoise * Normal(random))
        + (SlowStartRatio > 0 && random.NextDouble() < SlowStartRatio ? Math.Log(0.7) : 0);

    /// <summary>A standard normal value by Box and Muller's method.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The template at its place, its CPU in proportion to its time.</summary>
    private RunRecord Run(int procs, string action, int block, int order, double rate)
    {
        var seconds = Template.Operations / rate;
        var stretch = seconds / Template.ElapsedSeconds;
        return Template with
        {
            Block = block,
            Order = order,
            Procs = procs,
            Action = action,
            ElapsedSeconds = seconds,
            StartedAt = Template.StartedAt.AddSeconds(10 * order),
            CpuSeconds = new CpuSecondsRecord
            {
                Client = Template.CpuSeconds.Client * stretch,
                Proxy = Template.CpuSeconds.Proxy * stretch,
                Workers = Template.CpuSeconds.Workers is { } workers
                    ? [.. Enumerable.Repeat(workers.Sum() * stretch / procs, procs)]
                    : null,
            },
        };
    }
}
