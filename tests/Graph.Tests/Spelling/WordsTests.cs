using Graph.Spelling;

namespace Graph.Tests.Spelling;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(0.00001234, "1.23e-5")]
    [InlineData(0.000234, "0.00023")]
    [InlineData(0.0278, "0.028")]
    [InlineData(0.0302, "0.030")]
    [InlineData(0.0999, "0.10")]
    [InlineData(0.1, "0.10")]
    [InlineData(1.234, "1.23")]
    [InlineData(151.7, "152")]
    [InlineData(12_345_678, "1.23e+7")]
    public void Ratio_AsPeopleWriteIt(double ratio, string expected) => Assert.Equal(expected, Words.Ratio(ratio));

    [Theory]
    [InlineData(0.9996, "1.000")]
    [InlineData(1.004, "1.004")]
    [InlineData(0.023, "0.023")]
    public void Bound_ShowsOnWhichSideOfOneItLies(double bound, string expected) => Assert.Equal(expected, Words.Bound(bound));
}
