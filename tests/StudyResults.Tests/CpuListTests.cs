namespace StudyResults.Tests;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0,2-3", "0 2 3")]
    [InlineData("3,1-2,2", "1 2 3")]
    [InlineData("4095", "4095")]
    [InlineData("", null)]
    [InlineData("a", null)]
    [InlineData("3-1", null)]
    [InlineData("-1", null)]
    [InlineData("1-2-3", null)]
    [InlineData("0-99999", null)]
    [InlineData("01", null)]
    [InlineData("1,", null)]
    public void Parse_Text_Processors(string text, string? processors) =>
        Assert.Equal(processors, CpuList.Parse(text) is { } cpus ? string.Join(' ', cpus) : null);
}
