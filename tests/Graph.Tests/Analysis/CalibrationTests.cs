using Graph.Analysis;
using Graph.Analysis.Comparing;
using Graph.Analysis.Scaling;

namespace Graph.Tests.Analysis;

/// <summary>
/// Whether the analysis keeps its promises on studies whose truth is known. Seeds are fixed, so each figure is the same on
/// every machine; the comments tell what was measured.
/// </summary>
public sealed class CalibrationTests
{
    [Theory]
    // Measured: the share of the comparisons that is called faster or slower.
    [InlineData(5, 0.0)]
    [InlineData(5, 0.3)]
    [InlineData(6, 0.3)]
    [InlineData(10, 0.3)]
    public void Two_identical_arms_are_called_different_in_at_most_5_percent(int blocks, double drift)
    {
        var answers = Answers(studies: 400, new Simulation { Procs = [1, 2], Blocks = blocks, Drift = drift });

        Assert.Equal(400 * 6, answers.Count);
        var wrong = answers.Count(answer => answer is Answer.Faster or Answer.Slower);
        Assert.InRange((double)wrong / answers.Count, 0, 0.05);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{blocks} blocks, drift {drift}: {100.0 * wrong / answers.Count:0.00} % called different");
    }

    [Theory]
    [InlineData(1.2, nameof(Answer.Faster))]
    [InlineData(1 / 1.2, nameof(Answer.Slower))]
    public void A_true_effect_of_20_percent_is_found_in_at_least_95_percent(double ratio, string expected)
    {
        var answers = Answers(
            studies: 400,
            new Simulation { Procs = [1, 2], Truth = (_, procs) => procs == 1 ? 10_000 : 10_000 * ratio, Drift = 0.1 });

        var found = answers.Count(answer => answer.ToString() == expected);
        Assert.InRange((double)found / answers.Count, 0.95, 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"x{ratio:0.00}: {100.0 * found / answers.Count:0.00} % found");
    }

    [Fact]
    public void Arms_that_differ_by_the_margin_are_called_equivalent_in_at_most_5_percent()
    {
        var answers = Answers(
            studies: 400, new Simulation { Procs = [1, 2], Truth = (_, procs) => procs == 1 ? 10_000 : 10_500, Noise = 0.01 });

        Assert.InRange((double)answers.Count(answer => answer == Answer.Equivalent) / answers.Count, 0, 0.05);
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
        var fitted = 0;
        Parallel.For(0, studies, study =>
        {
            var analysis = new Simulation { Seed = 1000 + study, Actions = ["put"], Truth = (_, procs) => truth.At(procs), Drift = 0.1 };
            var cells = ScenarioBuilder.FromRecords(analysis.Records())[0].Cells;
            var found = ScalingAnalysis.Of(BlockTable.Of(cells), CurveFitting.Universal);
            Interlocked.Increment(ref fitted);
            double[] known = [truth.PerProcess * Math.Exp(-0.05), truth.Contention, truth.Coherency];
            for (var number = 0; number < known.Length; number++)
            {
                if (found.Estimates[number].Low <= known[number] && known[number] <= found.Estimates[number].High)
                    Interlocked.Increment(ref inside[number]);
            }
        });

        Assert.Equal(studies, fitted);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", inside.Select(count => $"{100.0 * count / studies:0.0} %")));
        Assert.All(inside, count => Assert.InRange((double)count / studies, 0.85, 0.95));
    }

    private static List<Answer> Answers(int studies, Simulation simulation) =>
    [
        .. Enumerable.Range(0, studies).AsParallel().AsOrdered().SelectMany(study =>
            ScenarioBuilder.FromRecords((simulation with { Seed = study }).Records())[0].Cells.GroupBy(cell => cell.Action)
                .Select(cells => BlockComparison.Of(cells.Last(), cells.First(), DecisionRule.Default).Answer)),
    ];
}
