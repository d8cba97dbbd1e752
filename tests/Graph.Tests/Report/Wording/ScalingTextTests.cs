using Graph.Analysis.Scaling;
using Graph.Report.Wording;

namespace Graph.Tests.Report.Wording;

/// <summary>What a law means for people; and no bound is shown as a finding.</summary>
public sealed class ScalingTextTests
{
    private static readonly UniversalScaling Falling = new() { PerProcess = 1000, Contention = 0.5, Coherency = 0.05 };

    [Fact]
    public void Best_PeakThatIsKnown_IsAWholeNumberWithItsRange()
    {
        Assert.Equal("best: 3 processes (2 to 5)", ScalingText.Best(Fit(Falling, new Estimate("peak", Falling.Peak, 2.1, 4.6))));
        Assert.Equal(
            "best: 1 process", ScalingText.Best(
                Fit(new AmdahlScaling { PerProcess = 1000, Contention = 1 }, new Estimate("peak", 1, 1, 1))));
    }

    [Fact]
    public void Best_LinearLaw_IsAsManyAsWereMeasured() => Assert.StartsWith(
        "best: as many as were measured, 8", ScalingText.Best(
            Fit(new LinearScaling { PerProcess = 1000 }, null)), StringComparison.Ordinal);

    [Fact]
    public void Best_LineThatMisses_DoesNotSayWhatEachAdds() => Assert.Equal(
        "best: as many as were measured, 8",
        ScalingText.Best(Fit(new LinearScaling { PerProcess = 1000 }, null) with { LackOfFit = new LackOfFit(0.001, 1.5, 1) }));

    [Theory]
    [InlineData(0.2, "best: 8 processes or more")]
    [InlineData(1.5, "best: 1 process")]
    public void Best_LawWithoutAPeak_IsTheEndThatIsHigher(double contention, string best) => Assert.Equal(
        best, ScalingText.Best(Fit(new AmdahlScaling { PerProcess = 1000, Contention = contention }, null)));

    [Fact]
    public void Best_Plateau_IsItsKnee() => Assert.Equal(
        "best: about 2 processes, more add nothing", ScalingText.Best(
            Fit(new PlateauScaling { PerProcess = 1000, Knee = 2.2 }, null)));

    [Fact]
    public void Of_EndsThatAreBounds_AreNoInterval()
    {
        var contention = new Estimate("contention", 1e-15, 1e-15, 0.737) { LowIsBound = true };

        Assert.Equal("contention at most 0.737", ScalingText.Of(contention));
        Assert.Equal("contention at least 0.4", ScalingText.Of(new Estimate("contention", 1, 0.4, 1) { HighIsBound = true }));
        Assert.Equal("contention not known", ScalingText.Of(contention with { High = 1, HighIsBound = true }));
        Assert.Equal("contention 0.5 [0.4, 0.6]", ScalingText.Of(new Estimate("contention", 0.5, 0.4, 0.6)));
    }

    [Fact]
    public void Doubts_LackOfFitAndUnsureChoice_AreSaid()
    {
        var doubts = ScalingText.Doubts(Fit(Falling, null) with { LackOfFit = new LackOfFit(0.001, 1.2, 4), ChosenRatio = 0.5 });

        Assert.Equal(
            [
                "the law (USL) misses 4 processes by x1.20, more than noise explains",
                "USL is the law in 50 % of resampled studies only"
            ], doubts);
        Assert.Empty(ScalingText.Doubts(Fit(Falling, null) with { LackOfFit = new LackOfFit(0.5, 1.02, 4), ChosenRatio = 0.95 }));
    }

    private static ScalingFit Fit(ScalingCurve curve, Estimate? peak) => new()
    {
        Candidates = [new Candidate(curve, 0)],
        Estimates = [],
        Procs = [1, 2, 4, 8],
        Band = [],
        Residuals = [],
        Peak = peak,
    };
}
