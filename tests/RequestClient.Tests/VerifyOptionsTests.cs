using Blobs.TestSupport;

namespace RequestClient.Tests;

/// <summary>What is no number is told as what was written and what is wanted, not as a type of .NET.</summary>
public sealed class VerifyOptionsTests
{
    [Theory]
    [InlineData("--count", "many")]
    [InlineData("--size", "-1")]
    public async Task A_wrong_number_is_named_with_what_is_wanted(string option, string value)
    {
        var (exitCode, output, error) =
            await ChildProcess.RunAsync(Repository.Program("RequestClient"), ["verify", "/tmp", option, value]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith($"RequestClient: {option} {value}: wanted a number from 0 to ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }
}
