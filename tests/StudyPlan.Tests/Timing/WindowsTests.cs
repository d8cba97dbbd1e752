using StudyPlan.Timing;

namespace StudyPlan.Tests.Timing;

public sealed class WindowsTests
{
    [Theory]
    [InlineData(600, 1, 3.2)]
    [InlineData(60, 0.32, 0.32)]
    [InlineData(10, 0.25, 0.25)]
    [InlineData(36000, 1, 10)]
    [InlineData(0, 1, 10)]
    public void Of_DefaultStudy_LeavesAFifthOfTheBudgetBesides(int budgetSeconds, double atLeast, double atMost)
    {
        var windows = Windows.Of(Parameters.Default with { Budget = TimeSpan.FromSeconds(budgetSeconds) });
        Assert.Equal((atLeast, atMost), (windows.AtLeast.TotalSeconds, windows.AtMost.TotalSeconds));
    }

    [Theory]
    [InlineData(20000, 10000, 2)]
    [InlineData(3000, 10000, 1.2)]
    [InlineData(20000, 100, 3.2)]
    public void Expect_AmountAndRate_RepeatsUpToTheLeastAndEndsAtTheMost(long amount, double perSecond, double seconds) =>
        Assert.Equal(seconds, Windows.Of(Parameters.Default).Expect(amount, perSecond).TotalSeconds, 3);
}
