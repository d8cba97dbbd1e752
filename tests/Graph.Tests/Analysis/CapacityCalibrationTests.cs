using Graph.Analysis.Comparing;
using Graph.Analysis.Scenarios;
using RequestClient;
using RequestClient.Planned;
using RequestClient.Search;
using StudyResults;

namespace Graph.Tests.Analysis;

/// <summary>
/// Whether searching the highest rate, and the intervals around the ratios of what was found, are right together: whole studies
/// of capacities on a server of known capacity, with open loops of random arrivals. Seeds are fixed, so each figure is the same
/// everywhere.
/// </summary>
public sealed class CapacityCalibrationTests
{
    private const double TrueCapacity = 800;

    private const int Studies = 60;

    /// <summary>
    /// A trial shows less of a queue's long waits than a long time would: what is found lies higher (docs/measuring.md).
    /// </summary>
    private const double MostBias = 0.05;

    private static readonly Objective P99 = Objective.Parse("p99=20ms")!;

    private static readonly Simulation Default =
        new() { Procs = [1, 2], Actions = ["put"], Blocks = 13, StartNoise = 0.02, BlockNoise = 0.05 };

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.08)]
    public async Task Equal_arms_are_called_different_in_at_most_5_percent_and_intervals_hold_the_truth(double noise)
    {
        var studies = await StudiesAsync(Default with { Noise = noise, Truth = (_, _) => TrueCapacity });

        Report($"x1, noise {noise}", studies, 1);
        Assert.InRange(studies.Average(study => study.Comparison.Answer is Answer.Faster or Answer.Slower ? 1.0 : 0), 0, 0.05);
        AssertRight(studies, 1);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.08)]
    public async Task An_arm_of_1_2_times_the_capacity_is_found_and_intervals_hold_the_truth(double noise)
    {
        var studies = await StudiesAsync(
            Default with { Noise = noise, Truth = (_, procs) => procs == 1 ? TrueCapacity : 1.2 * TrueCapacity });

        Report($"x1.2, noise {noise}", studies, 1.2);
        Assert.DoesNotContain(studies, study => study.Comparison.Answer == Answer.Slower);
        AssertRight(studies, 1.2);
    }

    private static void AssertRight(IReadOnlyList<Searched> studies, double ratio)
    {
        Assert.InRange(studies.Average(study => study.LogBias), -MostBias, MostBias);
        Assert.InRange(studies.Average(study => Math.Log(study.Comparison.Ratio!.Value / ratio)), -0.02, 0.02);
        Assert.InRange(Coverage(studies, ratio), 0.9, 1);
        // A run that found no rate is made once more in a study, and there must not be many of them.
        Assert.InRange(studies.Average(study => study.FailedRuns) / (Default.Blocks * 2), 0, 0.01);
    }

    private static double Coverage(IReadOnlyList<Searched> studies, double ratio) =>
        studies.Average(
            study => study.Comparison.Interval is { } interval && interval.Low <= ratio && ratio <= interval.High ? 1.0 : 0);

    private static async Task<IReadOnlyList<Searched>> StudiesAsync(Simulation simulation)
    {
        var studies = new Searched[Studies];
        await Parallel.ForAsync(0, Studies, TestContext.Current.CancellationToken, async (study, _) =>
            studies[study] = await SearchAsync((simulation with { Seed = 9000 + study }).Records(), study));
        return studies;
    }

    /// <summary>Each run's true capacity is replaced by what is found of it, block by block as a study does it.</summary>
    private static async Task<Searched> SearchAsync(IReadOnlyList<RunRecord> truth, int seed)
    {
        var server = new QueueingServer(P99, new TrialLength(P99, TimeSpan.FromSeconds(1)), trialNoise: 0.03);
        var search = new CapacitySearch(P99, server.TryAsync);
        var earlier = new EarlierCapacities(recordFile: "", study: null);
        var found = new List<RunRecord>();
        var (failed, trials, logBias, squares) = (0, 0, 0.0, 0.0);
        foreach (var record in truth)
        {
            var capacity = record.Operations / record.ElapsedSeconds;
            var planned = PlannedOf(record);
            for (var attempt = 0; ; attempt++)
            {
                server.BeginRun(capacity, seed: (seed * 1000) + (record.Order!.Value * 5) + attempt);
                try
                {
                    var guess = earlier.Of(planned) ?? await search.GuessAsync(1.5 * capacity, server.TryAsync);
                    var (rate, made) = await search.RunAsync(guess);
                    trials += made.Count;
                    logBias += Math.Log(rate / capacity);
                    squares += Math.Pow(Math.Log(rate / capacity), 2);
                    found.Add(record with { Study = null, Capacity = new CapacityRecord { Objective = P99.ToString(), RatePerSecond = rate, ByClient = false, Trials = [] } });
                    earlier.Add(found[^1]);
                    break;
                }
                catch (RunFailedException)
                {
                    failed++;
                    earlier.Forget(planned);
                }
            }
        }

        return new Searched(
            Assert.Single(Assert.Single(ScenarioVerdicts.Of(ScenarioBuilder.FromRecords(found), DecisionRule.Default)).Primary),
            logBias / found.Count,
            Math.Sqrt(squares / found.Count),
            (double)trials / found.Count,
            failed);
    }

    private static PlannedRun PlannedOf(RunRecord record) => new()
    {
        Block = record.Block!.Value,
        Order = record.Order!.Value,
        Procs = record.Procs!.Value,
        Action = record.Action,
        Amount = record.Amount,
        SizeKiB = record.SizeKiB,
        Concurrency = record.Concurrency,
        Proxy = record.Proxy!,
        Objective = P99,
    };

    private static void Report(string what, IReadOnlyList<Searched> studies, double ratio) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
        $"{what}: bias {studies.Average(study => study.LogBias):+0.000;-0.000}, of one run ±{studies.Average(study => study.RunError):0.000}, ratio {studies.Average(study => study.Comparison.Ratio!.Value):0.000}, "
        + $"interval {studies.Average(study => study.Comparison.Interval!.Low):0.000} to {studies.Average(study => study.Comparison.Interval!.High):0.000} holds the truth in {Coverage(studies, ratio):0.000}, "
        + $"{string.Join(", ", studies.GroupBy(study => study.Comparison.Answer).OrderBy(group => group.Key).Select(group => $"{group.Key} {(double)group.Count() / studies.Count:0.000}"))}; "
        + $"{studies.Average(study => study.TrialsOfARun):0.0} trials a run, {studies.Sum(study => study.FailedRuns)} failed runs");

    /// <summary>What a study came to.</summary>
    /// <param name="Comparison">The two arms.</param>
    /// <param name="LogBias">Mean of the logarithm of what was found over what was true.</param>
    /// <param name="RunError">Root of the mean of its square.</param>
    /// <param name="TrialsOfARun">Without the search before the first.</param>
    /// <param name="FailedRuns">Those that found nothing.</param>
    private sealed record Searched(Comparison Comparison, double LogBias, double RunError, double TrialsOfARun, int FailedRuns);
}
