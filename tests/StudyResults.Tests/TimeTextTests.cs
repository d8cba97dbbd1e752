namespace StudyResults.Tests;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("3s", 3)]
    [InlineData("3", 3)]
    [InlineData("0.25", 0.25)]
    [InlineData("0", 0)]
    [InlineData("1.5m", 90)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("200us", 0.0002)]
    public void Parse_NumberAndUnit_Seconds(string text, double seconds) =>
        Assert.Equal(seconds, TimeText.Parse(text)!.Value.TotalSeconds, precision: 9);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("3 s")]
    [InlineData("3x")]
    [InlineData("1e3")]
    [InlineData("1,5s")]
    [InlineData("99999h")]
    [InlineData("NaN")]
    public void Parse_AnythingElse_Null(string text) => Assert.Null(TimeText.Parse(text));

    [Theory]
    [InlineData("500ms")]
    [InlineData("3s")]
    [InlineData("2m")]
    [InlineData("90s", "90s")]
    [InlineData("1h", "1h")]
    [InlineData("90m", "90m")]
    [InlineData("200us")]
    [InlineData("0", "0s")]
    [InlineData("1.5")]
    public void Of_WhatWasParsed_ParsesToTheSame(string text, string? shortest = null)
    {
        var time = TimeText.Parse(text)!.Value;
        Assert.Equal(time, TimeText.Parse(TimeText.Of(time)));
        if (shortest is not null) Assert.Equal(shortest, TimeText.Of(time));
    }
}
