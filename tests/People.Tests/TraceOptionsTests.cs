using Blobs.TestSupport;

namespace People.Tests;

/// <summary>What is no number is told as what was written and what is wanted, not as a type of .NET.</summary>
public sealed class TraceOptionsTests
{
    [Theory]
    [InlineData("--seed", "x", "give a number from ")]
    [InlineData("--ramp", "long", "give a number from 1 to 3600.")]
    [InlineData("--ramp", "0", "give a number from 1 to 3600.")]
    public async Task A_wrong_number_is_named_with_what_is_wanted(string option, string value, string expected)
    {
        var (exitCode, output, error) = await ChildProcess.RunAsync(Repository.Program("People"), ["trace", option, value]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith($"People: {option} is '{value}': {expected}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }
}
