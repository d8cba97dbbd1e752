using Blobs.TestSupport;

namespace EndToEnd.Tests;

/// <summary>.ci/build, by which every script builds what it is about to run, with a solution of its own.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task Two_at_once_take_turns()
    {
        using var checkout = new TempDirectory();
        Directory.CreateDirectory(checkout[".ci"]);
        File.Copy(Repository.PathOf(".ci/build"), checkout[".ci/build"]);
        Directory.CreateDirectory(checkout["Hello"]);
        await WriteAsync(checkout["Blobs.slnx"], """<Solution><Project Path="Hello/Hello.csproj" /></Solution>""");
        await WriteAsync(
            checkout["Directory.Build.props"],
            "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
        await WriteAsync(
            checkout["Hello/Hello.csproj"],
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        await WriteAsync(checkout["Hello/Hello.cs"], """System.Console.WriteLine("built");""");
        await using var one = ChildProcess.Start(checkout[".ci/build"], ["Hello"]);
        await using var other = ChildProcess.Start(checkout[".ci/build"], []);

        foreach (var build in (ChildProcess[])[one, other])
        {
            var status = await build.WaitForExitAsync(TimeSpan.FromMinutes(3));
            Assert.True(status == 0, build.StandardOutput + build.StandardError);
        }

        var said = one.StandardError + other.StandardError;
        Assert.Contains("waiting for another build", said, StringComparison.Ordinal);
        var (_, output, _) = await ChildProcess.RunAsync(checkout["artifacts/bin/Hello/release/Hello"], []);
        Assert.Equal("built\n", output);
        var (again, _, silence) = await ChildProcess.RunAsync(checkout[".ci/build"], ["Hello"]);
        Assert.Equal((0, ""), (again, silence));
        var (_, _, anew) = await ChildProcess.RunAsync(
            checkout[".ci/build"], ["Hello"], new Dictionary<string, string?> { ["PLOTTER"] = "Other" });
        Assert.Contains("building Hello", anew, StringComparison.Ordinal);
    }

    private static Task WriteAsync(string path, string text) =>
        File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
}
