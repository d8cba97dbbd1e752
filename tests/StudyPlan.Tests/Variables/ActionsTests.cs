namespace StudyPlan.Tests.Variables;

/// <summary>
/// What is asked of a server is read to its last line, as the client will read it, before anything is built or started.
/// </summary>
public sealed class ActionsTests : IDisposable
{
    private readonly PlanProgram _plan = new();

    [Theory]
    [InlineData("", "send", "values.tsv:1:1: the first line names the columns")]
    [InlineData("dialog\tuser\ttoken\n", "send", "has no line behind the names of its columns")]
    [InlineData("dialog\tuser\n1\t2\n", "send", "{token} is nothing that a header can hold")]
    [InlineData("dialog\tuser\ttoken\n1\t2\n", "send", "values.tsv:2:1: 2 cells, and the first line names 3 columns")]
    [InlineData("dialog\tuser\ttoken\n1\ta b\t3\n", "list", "values.tsv:2:3: 'a b' can't stand in a path or a header")]
    [InlineData("dialog\tuser\n1\t2\n", "", "{token} is nothing that a header can hold")]
    public async Task A_feed_that_its_actions_could_not_use_is_refused(string feed, string actions, string expected)
    {
        File.WriteAllText(_plan["values.tsv"], feed);
        (_plan.Environment["SERVICE"], _plan.Environment["STORE"]) = ("dialogs", "postgresql");
        (_plan.Environment["FEED"], _plan.Environment["ACTIONS"]) = (_plan["values.tsv"], actions);
        await AssertRefusedAsync(expected);
    }

    [Fact]
    public async Task A_feed_that_no_action_asks_for_is_refused()
    {
        File.WriteAllText(_plan["values.tsv"], "a\n1\n");
        _plan.Environment["FEED"] = _plan["values.tsv"];
        await AssertRefusedAsync("FEED='");
    }

    [Fact]
    public async Task What_a_service_is_never_asked_is_refused()
    {
        (_plan.Environment["SERVICE"], _plan.Environment["STORE"], _plan.Environment["ACTIONS"]) =
            ("counter", "redis", "capped put");
        await AssertRefusedAsync("no action is called put");
    }

    [Fact]
    public async Task A_service_whose_feed_is_made_later_has_all_of_its_actions()
    {
        (_plan.Environment["SERVICE"], _plan.Environment["STORE"], _plan.Environment["ACTIONS"]) = ("dialogs", "tarantool", "");
        var (exitCode, output, error) = await _plan.RunAsync("settings");
        Assert.True(exitCode == 0, error);
        Assert.Contains("ACTIONS='send list dialog'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_whose_feed_nobody_has_made_is_none_of_the_usual_ones()
    {
        (_plan.Environment["SERVICE"], _plan.Environment["STORE"], _plan.Environment["ACTIONS"]) = ("people", "postgresql", "");
        Assert.Contains(
            "ACTIONS='create find search'", (await _plan.RunAsync("settings")).StandardOutput, StringComparison.Ordinal);
        _plan.Environment["ACTIONS"] = "contest-search";
        await AssertRefusedAsync("rinha.tsv can't be read");
    }

    public void Dispose() => _plan.Dispose();

    private async Task AssertRefusedAsync(string expected)
    {
        foreach (var command in (string[])["settings", "list"])
        {
            var (exitCode, output, error) = await _plan.RunAsync(command);
            Assert.Equal((2, ""), (exitCode, output));
            var line = Assert.Single(error.TrimEnd('\n').Split('\n'));
            Assert.StartsWith("run-test.sh: ", line, StringComparison.Ordinal);
            Assert.Contains(expected, line, StringComparison.Ordinal);
        }
    }
}
