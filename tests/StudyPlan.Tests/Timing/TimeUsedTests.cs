using StudyPlan.Order;
using StudyPlan.Studies;
using StudyPlan.Timing;

namespace StudyPlan.Tests.Timing;

public sealed class TimeUsedTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_OneSession_CountsFromTheFirstStartUntilNow() =>
        Assert.Equal(TimeSpan.FromSeconds(50), TimeUsed.Of([SessionAt(0, 10, 30)], new RunState([]), At(60)));

    [Fact]
    public void Of_SessionThatWasCutOff_CountsUntilItsLastRecordEnded()
    {
        // Its last record began 25 s after noon and took 1 s; two hours later somebody goes on.
        var cutOff = Recorded.Run(1) with { StartedAt = At(25) };
        var later = Recorded.Run(2) with { StartedAt = At(7250) };
        var used = TimeUsed.Of([SessionAt(0, 10, 20), SessionAt(7200, 7210)], new RunState([cutOff, later]), At(7260));
        Assert.Equal(TimeSpan.FromSeconds(16 + 50), used);
    }

    [Fact]
    public void Of_SessionWithoutAStart_CountsNothing() =>
        Assert.Equal(TimeSpan.Zero, TimeUsed.Of([SessionAt(0)], new RunState([]), At(60)));

    private static Session SessionAt(int began, params int[] starts) =>
        new(At(began), [.. starts.Select(start => new ServerStart(At(start), 1, new Group("haproxy", null, 8, Control: false)))]);

    private static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);
}
