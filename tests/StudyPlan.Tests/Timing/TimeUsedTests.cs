using StudyPlan.Order;
using StudyPlan.Studies;
using StudyPlan.Timing;

namespace StudyPlan.Tests.Timing;

public sealed class TimeUsedTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_OneStart_MeasuringBeginsWithItsFirstRun()
    {
        // Started 10 s after noon and warmed for 15 s; each record lasts a second.
        var runs = new RunState([Recorded.Run(1) with { StartedAt = At(25) }, Recorded.Run(2) with { StartedAt = At(40) }]);
        Assert.Equal(new TimeUsed(TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(31)), TimeUsed.Of([SessionAt(0, 10)], runs));
    }

    [Fact]
    public void Of_SessionThatWasCutOff_CountsUntilItsLastRecordEnded()
    {
        // Two hours later somebody goes on.
        var runs = new RunState([Recorded.Run(1) with { StartedAt = At(25) }, Recorded.Run(2) with { StartedAt = At(7250) }]);
        var used = TimeUsed.Of([SessionAt(0, 10, 20), SessionAt(7200, 7210)], runs);
        Assert.Equal(new TimeUsed(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6 + 41)), used);
    }

    [Fact]
    public void Of_SessionWithoutAStart_CountsNothing() => Assert.Equal(default, TimeUsed.Of([SessionAt(0)], new RunState([])));

    private static Session SessionAt(int began, params int[] starts) =>
        new(At(began), [.. starts.Select(start => new ServerStart(At(start), 1, new Group("haproxy", null, 8, Control: false)))]);

    private static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);
}
