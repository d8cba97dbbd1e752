using MultiProc.Commands;

namespace MultiProc.Tests.Commands;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("3s", 3000)]
    [InlineData("0.5s", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("30", 30_000)]
    [InlineData("0.25", 250)]
    [InlineData("0", 0)]
    [InlineData("", null)]
    [InlineData("s", null)]
    [InlineData("3x", null)]
    [InlineData("3 s", null)]
    [InlineData("-1s", null)]
    [InlineData("1e3", null)]
    [InlineData("25h", null)]
    public void TryParse_Text_Milliseconds(string text, int? milliseconds) =>
        Assert.Equal(milliseconds, Duration.TryParse(text)?.TotalMilliseconds);

    [Theory]
    [InlineData(500, "500ms")]
    [InlineData(30_000, "30s")]
    [InlineData(0, "0s")]
    public void Format_Time_WithItsUnit(int milliseconds, string text) =>
        Assert.Equal(text, Duration.Format(TimeSpan.FromMilliseconds(milliseconds)));
}
