using Graph.Analysis.Limits;
using Graph.Report.Wording;

namespace Graph.Tests.Report.Wording;

public sealed class LimiterTextTests
{
    [Fact]
    public void Of_CappedWorkers_TellsCapAndThrottling()
    {
        var limiter = new Limiter(LimiterKind.Workers, Fullness.Full,
            [new(Component.Workers, EvidenceKind.Cap, 0.97, 0.1), new(Component.Workers, EvidenceKind.Throttled, 0.62)]);

        Assert.Equal(
            "the workers, full: the busiest worker at 97 % of the cap of 0.1 cores, stopped by the cap in 62 % of the periods",
            LimiterText.Of(limiter));
        Assert.Equal("workers 97 %", LimiterText.Short(limiter));
    }

    [Fact]
    public void Of_OneThread_TellsWhose() => Assert.Equal(
        "the workers, full: one thread of the busiest worker 99 % busy",
        LimiterText.Of(new Limiter(LimiterKind.Workers, Fullness.Full, [new(Component.Workers, EvidenceKind.Thread, 0.99, 1)])));

    /// <summary>In "nearly store 68 %" nobody could see what the figure is a share of.</summary>
    [Fact]
    public void Short_FigureThatIsNoShareOfALimit_SaysWhatItIs()
    {
        Assert.Equal("store, stopped by its cap in 68 % of the periods", LimiterText.Short(new Limiter(LimiterKind.Store, Fullness.Nearly,
            [new(Component.Store, EvidenceKind.Throttled, 0.68), new(Component.Store, EvidenceKind.Cap, 0.66, 0.7)])));
        Assert.Equal("nearly workers, at one processor each", LimiterText.Short(new Limiter(LimiterKind.Workers, Fullness.Nearly,
            [new(Component.Workers, EvidenceKind.OneCore, 1.01, 1)])));
    }

    [Fact]
    public void Of_GreyZone_SaysNearly()
    {
        var limiter =
            new Limiter(LimiterKind.Machine, Fullness.Nearly, [new(Component.Machine, EvidenceKind.Processors, 0.91, 2)]);

        Assert.Equal("the machine, nearly full: 2 processors 91 % busy", LimiterText.Of(limiter));
        Assert.Equal("nearly machine 91 %", LimiterText.Short(limiter));
    }

    [Fact]
    public void Of_EveryKindOfEvidence_HasWordsOfItsOwn()
    {
        var texts = Enum.GetValues<EvidenceKind>().Select(kind =>
            LimiterText.Of(new Limiter(LimiterKind.Machine, Fullness.Full, [new(Component.Machine, kind, 0.5, 1)]))).ToList();

        Assert.Equal(texts.Distinct(), texts);
    }
}
