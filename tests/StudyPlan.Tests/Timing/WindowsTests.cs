using StudyPlan.Timing;

namespace StudyPlan.Tests.Timing;

public sealed class WindowsTests
{
    [Theory]
    [InlineData(600, 1, 1)]
    [InlineData(60, 0.25, 0.25)]
    [InlineData(10, 0.25, 0.25)]
    [InlineData(2400, 1, 4)]
    [InlineData(36000, 1, 10)]
    [InlineData(0, 1, 10)]
    public void Of_DefaultStudy_HasRoomForTheUsualBlocks(int budgetSeconds, double atLeast, double atMost)
    {
        var windows = Windows.Of(Parameters.Default with { Budget = TimeSpan.FromSeconds(budgetSeconds) });
        Assert.Equal((atLeast, atMost), (windows.AtLeast.TotalSeconds, windows.AtMost.TotalSeconds));
    }

    [Theory]
    [InlineData(20000, 10000, 2)]
    [InlineData(3000, 10000, 1.2)]
    [InlineData(20000, 100, 4)]
    public void Expect_AmountAndRate_RepeatsUpToTheLeastAndEndsAtTheMost(long amount, double perSecond, double seconds) =>
        Assert.Equal(
            seconds, Windows.Of(
                Parameters.Default with { Budget = TimeSpan.FromSeconds(2400) }).Expect(amount, perSecond).TotalSeconds, 3);

    [Theory]
    [InlineData(600, 8, 8 / 6.0)]
    [InlineData(60, 8, 4 / 6.0)]
    [InlineData(0, 8, 8 / 6.0)]
    public void WarmUp_OfAStart_IsSharedByTheActions(int budgetSeconds, int ofStartSeconds, double seconds) => Assert.Equal(
        seconds,
        Windows.WarmUpOfAction(
            Parameters.Default with
            {
                Budget = TimeSpan.FromSeconds(budgetSeconds),
                WarmUp = TimeSpan.FromSeconds(ofStartSeconds),
            }).TotalSeconds,
        3);
}
