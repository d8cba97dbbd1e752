using Graph.Analysis.Comparing;
using Graph.Analysis.Scaling;
using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Tests.Analysis;

/// <summary>
/// Whether the analysis keeps its promises on studies whose truth is known, with the noise that was measured here: 8 % a run (and
/// less and more), 4 % a start, 10 % a block, one run in 20 halved. Seeds are fixed, so each figure is the same on every machine.
/// </summary>
public sealed class CalibrationTests
{
    private const int DefaultBlocks = 13;

    private static readonly Simulation Default = new()
    {
        Blocks = DefaultBlocks,
        Control = true,
        StartNoise = 0.04,
        BlockNoise = 0.1,
        HalvedRatio = 0.05,
        Noise = 0.08,
    };

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.08)]
    [InlineData(0.12)]
    [InlineData(0.18)]
    public void Equal_arms_are_called_different_in_at_most_5_percent_of_studies(double noise)
    {
        var studies = Studies(300, Default with { Noise = noise }, WithLooks);

        Report($"noise {noise}", studies);
        Assert.InRange(Share(studies, study => study.Primary.Any(IsDifferent)), 0, 0.05);
        Assert.InRange(Share(studies, study => study.Actions.Values.SelectMany(all => all).Any(IsDifferent)), 0, 0.05);
        if (noise <= 0.08) Assert.InRange(Decided(studies, Answer.Equivalent), 0.8, 1);
    }

    [Theory]
    [InlineData(false, 5, null)]
    [InlineData(true, 7, null)]
    [InlineData(false, 20, null)]
    [InlineData(true, 20, 2)]
    [InlineData(false, 20, 4)]
    public void The_promise_holds_for_other_plans(bool control, int blocks, int? blocksPerStart)
    {
        var studies = Studies(
            250, Default with { Control = control, Blocks = blocks, BlocksPerStart = blocksPerStart, Procs = [1, 2, 4] }, Once);

        Report($"{blocks} blocks, control {control}, {blocksPerStart} a start", studies);
        Assert.InRange(Share(studies, study => study.Primary.Any(IsDifferent)), 0, 0.05);
        Assert.InRange(Share(studies, study => study.Actions.Values.SelectMany(all => all).Any(IsDifferent)), 0, 0.05);
        if (control) Assert.InRange(Share(studies, study => study.IsWithheld), 0, 0.03);
    }

    [Theory]
    [InlineData(2, 6, 4, 0, 0.08)]
    [InlineData(2, 6, 4, 0, 0.18)]
    [InlineData(2, 1, 5, 0, 0.12)]
    [InlineData(2, 1, 8, 0, 0.18)]
    [InlineData(2, 1, 11, 0, 0.08)]
    [InlineData(8, 2, 5, 0, 0.18)]
    [InlineData(4, 6, 5, 0.3, 0.08)]
    [InlineData(4, 6, 8, 0.6, 0.08)]
    public void The_promise_holds_for_small_studies_and_those_with_holes(
        int counts, int actions, int blocks, double missing, double noise)
    {
        var studies = Studies(
            counts * actions < 5 ? 1000 : 200, Default with
            {
                Procs = [.. Enumerable.Range(1, counts)],
                Actions = [.. ResultsTable.Actions.Take(actions)],
                Blocks = blocks,
                MissingRatio = missing,
                Noise = noise,
            }, Once);

        Report($"{counts} counts, {actions} actions, {blocks} blocks, noise {noise}, {missing} missing", studies);
        Assert.InRange(Share(studies, study => study.Primary.Any(IsDifferent)), 0, 0.05);
        Assert.InRange(Share(studies, study => study.Actions.Values.SelectMany(all => all).Any(IsDifferent)), 0, 0.05);
        Assert.InRange(Share(studies, study => study.IsWithheld), 0, 0.02);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(6, 6)]
    [InlineData(6, 2)]
    public void Fewer_than_4_starts_are_no_answer_whatever_they_show(int blocks, int? blocksPerStart) => Assert.All(
        Studies(
            20, Default with { Blocks = blocks, BlocksPerStart = blocksPerStart, Truth = (_, procs) => 10_000.0 / procs }, Once),
        study => Assert.All(study.All.Append(study.Control!), comparison => Assert.True(comparison.IsOpen)));

    [Fact]
    public void The_controls_of_ten_scenarios_are_no_more_often_false_than_that_of_one()
    {
        var study = Default with { Procs = [1], Actions = ["put"], Blocks = 8 };
        var withheld = Enumerable.Range(0, 200).AsParallel().Count(seed => ScenarioVerdicts.Of(
            ScenarioBuilder.FromRecords(Enumerable.Range(1, 10).SelectMany(connections => (study with
            {
                Seed = (100 * seed) + connections,
                Template = Simulation.Example with { Concurrency = connections, Study = $"with {connections}" },
            }).Records())), DecisionRule.Default).Any(scenario => scenario.IsWithheld));

        Assert.InRange(withheld / 200.0, 0, 0.03);
    }

    [Theory]
    [InlineData(1.2, nameof(Answer.Faster), 0.95, 0.9)]
    [InlineData(0.83, nameof(Answer.Slower), 0.95, 0.9)]
    [InlineData(1.1, nameof(Answer.Faster), 0.9, 0)]
    public void A_true_effect_in_all_actions_is_found(double ratio, string expected, double overAll, double byItself)
    {
        var studies = Studies(200, Default with { Truth = (_, procs) => procs == 1 ? 10_000 : 10_000 * ratio }, Once);

        var answer = Enum.Parse<Answer>(expected);
        Report($"x{ratio}", studies);
        Assert.InRange(Decided(studies, answer), overAll, 1);
        Assert.InRange(
            studies.Average(
                study => study.Actions.Values.SelectMany(all => all).Average(
                    one => one.Answer == answer ? 1.0 : 0)), byItself, 1);
    }

    [Fact]
    public void Arms_that_differ_by_the_margin_are_called_equivalent_in_at_most_5_percent()
    {
        var studies =
            Studies(200, Default with { Truth = (_, procs) => procs == 1 ? 10_000 : 11_000, Procs = [1, 2], Noise = 0.03 }, Once);

        Assert.InRange(Decided(studies, Answer.Equivalent), 0, 0.05);
    }

    [Theory]
    [InlineData(0.1, 0.01)]
    [InlineData(0.3, 0.02)]
    [InlineData(0.02, 0.05)]
    public void Known_scaling_parameters_are_inside_the_90_percent_intervals(double contention, double coherency)
    {
        const int studies = 200;
        var truth = new UniversalScaling { PerProcess = 10_000, Contention = contention, Coherency = coherency };
        var inside = new int[3];
        Parallel.For(0, studies, study =>
        {
            var simulation = new Simulation
            {
                Seed = 1000
                + study,
                Blocks = DefaultBlocks,
                Actions = ["put"],
                Truth = (_, procs) => truth.At(procs),
                Drift = 0.1
            };
            var found = ScalingAnalysis.Of(
                BlockTable.Of(ScenarioBuilder.FromRecords(simulation.Records())[0].Cells), CurveFitting.Universal);
            double[] known = [truth.PerProcess * Math.Exp(-0.05), truth.Contention, truth.Coherency];
            for (var number = 0; number < known.Length; number++)
            {
                if (found.Estimates[number].Low <= known[number] && known[number] <= found.Estimates[number].High)
                    Interlocked.Increment(ref inside[number]);
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", inside.Select(count => $"{100.0 * count / studies:0.0} %")));
        // The machine's drift counts as noise of the rate, whose interval is the wider for it; the law's shape is free of it.
        Assert.InRange((double)inside[0] / studies, 0.85, 0.98);
        Assert.All(inside[1..], count => Assert.InRange((double)count / studies, 0.85, 0.95));
    }

    /// <summary>
    /// As run-test.sh reads a study: it ends at the first look at which nothing is open, else with its last block.
    /// </summary>
    private static ScenarioVerdicts WithLooks(IReadOnlyList<RunRecord> records)
    {
        foreach (var look in Looks.UpTo(DefaultBlocks - 1))
        {
            var verdicts = Read(records.Where(record => record.Block <= look), DecisionRule.Default.AtLook(look));
            if (verdicts.All.All(comparison => !comparison.IsOpen)) return verdicts;
        }

        return Once(records);
    }

    private static ScenarioVerdicts Once(IReadOnlyList<RunRecord> records) => Read(records, DecisionRule.Default);

    private static ScenarioVerdicts Read(IEnumerable<RunRecord> records, DecisionRule rule) =>
        Assert.Single(ScenarioVerdicts.Of(ScenarioBuilder.FromRecords(records), rule));

    private static List<ScenarioVerdicts> Studies(
        int count, Simulation simulation, Func<IReadOnlyList<RunRecord>, ScenarioVerdicts> read) =>
        [
            .. Enumerable.Range(0, count).AsParallel().AsOrdered()
                .Select(seed => read((simulation with { Seed = 7000 + seed }).Records()))
        ];

    private static bool IsDifferent(Comparison comparison) => comparison.Answer is Answer.Faster or Answer.Slower;

    private static double Share(List<ScenarioVerdicts> studies, Func<ScenarioVerdicts, bool> holds) =>
        studies.Average(study => holds(study) ? 1.0 : 0);

    /// <summary>Of the primary comparisons.</summary>
    private static double Decided(List<ScenarioVerdicts> studies, Answer answer) =>
        studies.Average(study => study.Primary.Average(comparison => comparison.Answer == answer ? 1.0 : 0));

    private static void Report(string what, List<ScenarioVerdicts> studies) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{what}: a primary answer differs in {Share(studies, study => study.Primary.Any(IsDifferent)):0.000} of studies, a single one in "
        + $"{Share(studies, study => study.Actions.Values.SelectMany(all => all).Any(IsDifferent)):0.000}, control {Share(studies, study => study.IsWithheld):0.000}; "
        + $"primary: faster {Decided(studies, Answer.Faster):0.000}, slower {Decided(studies, Answer.Slower):0.000}, equivalent {Decided(studies, Answer.Equivalent):0.000}; "
        + $"single: different {studies.Average(study => study.Actions.Values.SelectMany(all => all).Average(one => IsDifferent(one) ? 1.0 : 0)):0.000}");
}
