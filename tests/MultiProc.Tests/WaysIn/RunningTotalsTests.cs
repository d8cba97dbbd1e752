using MultiProc.WaysIn;

namespace MultiProc.Tests.WaysIn;

public sealed class RunningTotalsTests
{
    [Fact]
    public void Of_HaproxyStartedAgain_GoesOnFromTheLastAnswer()
    {
        var totals = new RunningTotals();
        totals.Of(Counters(10, ("w1", 6)), pid: 1);
        Assert.Equal(20, totals.Of(Counters(20, ("w1", 12)), pid: 1).Requests);
        var second = totals.Of(Counters(3, ("w1", 1), ("w2", 2)), pid: 2);
        Assert.Equal((23, 13, 2), (second.Requests, second.Slots["w1"].Requests, second.Slots["w2"].Requests));
        Assert.Equal(24, totals.Of(Counters(1, ("w1", 1)), pid: 3).Requests);
    }

    [Fact]
    public void Of_HaproxyStartedAgain_CountsUnderWayOfTheNewOneOnly()
    {
        var totals = new RunningTotals();
        totals.Of(Counters(5, ("w1", 5)), pid: 1);
        Assert.Equal(1, totals.Of(Counters(1, ("w1", 1)), pid: 2).Slots["w1"].UnderWay);
    }

    private static HaproxyCounters Counters(long requests, params (string Name, long Requests)[] slots) => new(
        requests,
        slots.ToDictionary(slot => slot.Name, slot => new SlotCounters(slot.Requests, UnderWay: 1)),
        SlotsAreChecked: false);
}
