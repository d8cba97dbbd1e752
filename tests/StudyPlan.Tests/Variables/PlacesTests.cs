using Blobs.TestSupport;

namespace StudyPlan.Tests.Variables;

/// <summary>What a study reads and writes is looked at before anything is built, and the looking leaves nothing.</summary>
public sealed class PlacesTests : IDisposable
{
    private readonly PlanProgram _plan = new();

    [Theory]
    [InlineData("OUT", "/proc/x", "can't hold a study (")]
    [InlineData("OUT", "/dev/null/x", "can't hold a study (")]
    [InlineData("BLOBS_DIR", "/proc/x", "can't be made (")]
    [InlineData("BLOBS_DIR", "/etc", "was not made by this script")]
    [InlineData("BLOBS_DIR", "/", "was not made by this script")]
    [InlineData("FEED", "/dev/zero", "wanted: a file of values")]
    [InlineData("TRACE", "/dev/zero", "wanted: a file of operations")]
    public Task A_place_that_will_not_do_is_refused_at_once(string variable, string value, string expected) =>
        AssertRefusedAsync(variable, value, expected);

    [Theory]
    [InlineData("FEED", "wanted: a file of values")]
    [InlineData("TRACE", "wanted: a file of operations")]
    public async Task A_pipe_in_place_of_a_file_that_is_read_more_than_once_is_refused_at_once(string variable, string expected)
    {
        var (exitCode, _, error) = await ChildProcess.RunAsync("mkfifo", [_plan["pipe"]]);
        Assert.True(exitCode == 0, error);
        await AssertRefusedAsync(variable, _plan["pipe"], expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/study")]
    public Task A_study_where_its_blobs_are_thrown_away_is_refused(string below) =>
        AssertRefusedAsync("OUT", _plan.Blobs + below, "lies in BLOBS_DIR='");

    [Fact]
    public async Task A_link_in_place_of_the_blobs_is_refused_however_it_is_written()
    {
        Directory.CreateDirectory(_plan["elsewhere"]);
        File.CreateSymbolicLink(_plan["link"], _plan["elsewhere"]);
        File.WriteAllText(Path.Combine(_plan["elsewhere"], ".made-by-run-test"), "");
        await AssertRefusedAsync("BLOBS_DIR", _plan["link"] + "//", "was not made by this script");
    }

    [Fact]
    public async Task Folders_that_are_not_there_may_be_named_and_looking_makes_none()
    {
        (_plan.Environment["OUT"], _plan.Environment["BLOBS_DIR"]) = (_plan["a/b/c"], _plan["d/e"]);
        var (exitCode, _, error) = await _plan.RunAsync("list");
        Assert.True(exitCode == 0, error);
        Assert.False(Directory.Exists(_plan["a"]) || Directory.Exists(_plan["d"]));
    }

    public void Dispose() => _plan.Dispose();

    private async Task AssertRefusedAsync(string variable, string value, string expected)
    {
        _plan.Environment[variable] = value;
        foreach (var command in (string[])["settings", "list", "begin"])
        {
            var (exitCode, output, error) = await _plan.RunAsync(command);
            Assert.Equal((2, ""), (exitCode, output));
            var line = Assert.Single(error.TrimEnd('\n').Split('\n'));
            Assert.StartsWith($"run-test.sh: {variable}='", line, StringComparison.Ordinal);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(_plan.Folder) || Directory.Exists(_plan.Blobs));
    }
}
