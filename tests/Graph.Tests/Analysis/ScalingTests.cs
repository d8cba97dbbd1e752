using Graph.Analysis.Scaling;

namespace Graph.Tests.Analysis;

public sealed class ScalingTests
{
    [Fact]
    public void Of_LinearTruth_ChoosesLinear() => AssertFinds(new LinearScaling { PerProcess = 1000 });

    [Fact]
    public void Of_PlateauTruth_ChoosesPlateauAndItsKnee() =>
        Assert.Equal(3, AssertFinds(new PlateauScaling { PerProcess = 1000, Knee = 3 }).Knee, 0.05);

    [Fact]
    public void Of_AmdahlTruth_ChoosesAmdahlAndItsContention() =>
        Assert.Equal(0.25, AssertFinds(new AmdahlScaling { PerProcess = 1000, Contention = 0.25 }).Contention, 0.01);

    [Fact]
    public void Of_UniversalTruth_ChoosesItWithItsPeak()
    {
        var truth = new UniversalScaling { PerProcess = 1000, Contention = 0.05, Coherency = 0.06 };

        var fit = FitOf(truth, noise: 0.005);

        var found = Assert.IsType<UniversalScaling>(fit.Curve);
        Assert.Equal((0.05, 0.06), (found.Contention, found.Coherency), new Near(0.02));
        Assert.InRange(truth.Peak, fit.Peak!.Low!.Value, fit.Peak.High!.Value);
    }

    [Fact]
    public void Of_ThroughputThatOnlyFalls_PeaksAtTheFewestProcesses()
    {
        // What eight processes on two processors did in a first try: 50, 38, 22 and 15 thousand.
        var rates = new Dictionary<int, double> { [1] = 50_000, [2] = 38_000, [4] = 22_000, [8] = 15_000 };

        var fit =
            new Simulation { Actions = ["put"], Truth = (_, procs) => rates[procs], Noise = 0.02 }.Analysis().Actions[0].Scaling!;

        Assert.IsType<UniversalScaling>(fit.Curve);
        Assert.Equal((1.0, 1.0), (fit.Peak!.Value, fit.Peak.High!.Value), new Near(0.5));
    }

    [Fact]
    public void Of_RisingThroughput_ClaimsNoPeak()
    {
        Assert.Null(FitOf(new UniversalScaling { PerProcess = 1000, Contention = 0.05, Coherency = 0.0005 }, 0.02).Peak);
        Assert.Null(FitOf(new LinearScaling { PerProcess = 1000 }, 0.05).Peak);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public void Of_FewProcessCounts_TriesNoLawThatWouldFitAnything(int counts, int candidates)
    {
        var simulation = new Simulation { Actions = ["put"], Procs = [.. Enumerable.Range(1, counts)] };

        Assert.Equal(candidates, simulation.Analysis().Actions[0].Scaling?.Candidates.Count ?? 0);
    }

    [Fact]
    public void Of_OneBlock_HasNoIntervals()
    {
        var fit = new Simulation { Actions = ["put"], Blocks = 1 }.Analysis().Actions[0].Scaling!;

        Assert.All(fit.Estimates, estimate => Assert.Equal((null, null), (estimate.Low, estimate.High)));
        Assert.Empty(fit.Band);
        Assert.Null(fit.Peak);
    }

    [Fact]
    public void Of_MoreBlocksThanCanAllBeDrawn_StillHasIntervals()
    {
        var fit =
            new Simulation { Actions = ["put"], Blocks = 12, Truth = (_, procs) => 1000 * procs }.Analysis().Actions[0].Scaling!;

        Assert.InRange(1000, fit.Estimates[0].Low!.Value, fit.Estimates[0].High!.Value);
    }

    [Fact]
    public void Universal_AnyData_FindsNoWorseThanAGrid() => AssertBest(
        CurveFitting.Universal,
        from contention in Grid(60)
        from coherency in Grid(60)
        select (Func<double, ScalingCurve>)(
            rate => new UniversalScaling { PerProcess = rate, Contention = contention, Coherency = coherency * coherency * coherency }));

    [Fact]
    public void Amdahl_AnyData_FindsNoWorseThanAGrid() => AssertBest(
        CurveFitting.Amdahl,
        Grid(2000)
            .Select(
                contention => (Func<double, ScalingCurve>)(
                    rate => new AmdahlScaling { PerProcess = rate, Contention = contention })));

    [Fact]
    public void Plateau_AnyData_FindsNoWorseThanAGrid() => AssertBest(
        CurveFitting.Plateau,
        Grid(2000)
            .Select(
                place => (Func<double, ScalingCurve>)(rate => new PlateauScaling { PerProcess = rate, Knee = 1 + 7 * place })));

    private static IEnumerable<double> Grid(int steps) => Enumerable.Range(0, steps + 1).Select(step => (double)step / steps);

    /// <summary>For the best rate of one process is then the mean distance, a grid needs the other numbers only.</summary>
    private static void AssertBest(Func<Levels, ScalingCurve> fit, IEnumerable<Func<double, ScalingCurve>> grid)
    {
        var shapes = grid.ToList();
        var random = new Random(5);
        for (var trial = 0; trial < 40; trial++)
        {
            var slope = random.NextDouble() * 2 - 1;
            int[] procs = [1, 2, 4, 8];
            var levels = new Levels(
                procs, [.. procs.Select(count => 9 + slope * Math.Log(count) + 0.2 * Simulation.Normal(random))]);

            var found = levels.SquaredError(fit(levels));

            var best = shapes.Min(shape =>
            {
                var offset = procs.Select((count, index) => levels.LogRates[index] - Math.Log(shape(1).At(count))).Average();
                return levels.SquaredError(shape(Math.Exp(offset)));
            });
            Assert.InRange(found, 0, best + 1e-6);
        }
    }

    private static T AssertFinds<T>(T truth)
        where T : ScalingCurve
    {
        var found = Assert.IsType<T>(FitOf(truth, noise: 0.005).Curve);
        Assert.Equal(truth.PerProcess, found.PerProcess, truth.PerProcess * 0.02);
        return found;
    }

    private static ScalingFit FitOf(ScalingCurve truth, double noise) =>
        new Simulation { Actions = ["put"], Truth = (_, procs) => truth.At(procs), Noise = noise }.Analysis().Actions[0].Scaling!;

    private sealed class Near(double tolerance) : IEqualityComparer<(double First, double Second)>
    {
        public bool Equals((double First, double Second) x, (double First, double Second) y) =>
            Math.Abs(x.First - y.First) <= tolerance && Math.Abs(x.Second - y.Second) <= tolerance;

        public int GetHashCode((double First, double Second) obj) => 0;
    }
}
