using Blobs.TestSupport;
using StudyPlan.Variables;

namespace StudyPlan.Tests.Variables;

/// <summary>Every variable is checked before anything is built or started.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly PlanProgram _plan = new();

    [Theory]
    [InlineData("PROCS", "1 zero", "'zero'")]
    [InlineData("PROCS", "0", "from 1 to 64")]
    [InlineData("PROCS", "1 2 2", "2 stands there twice")]
    [InlineData("PROCS", "1 01", "'01' is not right")]
    [InlineData("SCENARIOS", "10x1 010x1", "'010x1' is not right")]
    [InlineData("PIN", "client=0 client=1", "names client twice")]
    [InlineData("PIN", "client=1-0", "workers=1-3")]
    [InlineData("SERVER", "python3 app.py {port} {store}", "set STORE too")]
    [InlineData("ACTIONS", "pu;t", "names of actions")]
    [InlineData("ACTIONS", "bogus", "baseline list put get flag delete")]
    [InlineData("SCENARIOS", "200", "AMOUNTxKIB")]
    [InlineData("SCENARIOS", "0x10", "AMOUNTxKIB")]
    [InlineData("SCENARIOS", "", "it is empty")]
    [InlineData("FEED", "/nowhere.tsv", "a file of values")]
    [InlineData("TRACE", "/nowhere.tsv", "a file of operations")]
    [InlineData("RUNS", "many", "from 1 to 1000")]
    [InlineData("BUDGET", "ten", "90s, 10m or 1h")]
    [InlineData("CONCURRENCY", "10 0", "'0'")]
    [InlineData("CAPACITY", "20ms", "p99=20ms")]
    [InlineData("CAPACITY", "p99=20", "p99=20ms")]
    [InlineData("CAPACITY", "p99=20ms p0=1s", "'p0=1s'")]
    [InlineData("CAPACITY", "max=1s", "p99=20ms")]
    [InlineData("CAPACITY", "p99=20ms p50=1s p99.0=0.02s", "p99=20ms and p99.0=0.02s stands there twice")]
    [InlineData("DURABILITY", "foo", "none or always")]
    [InlineData("CPU_LIMIT", "abc", "0.1")]
    [InlineData("CPU_LIMIT", "0", "from 0.01")]
    [InlineData("STORE_CPU_LIMIT", "0.2", "set STORE too")]
    [InlineData("PROXY", "carrier-pigeon", "direct reuseport haproxy")]
    [InlineData("SERVICE", "pigeons", "none of that name")]
    [InlineData("STORE", "shoebox", "there is no stores/shoebox")]
    [InlineData("STORE", "box {dir}", "{storeport}")]
    [InlineData("SERVER", "python3 app.py", "{port}")]
    [InlineData("READY_PATH", "health", "a path")]
    [InlineData("POOL", "maybe", "yes")]
    [InlineData("CONTROL", "1", "yes")]
    [InlineData("PIN", "server=1", "workers=1-3")]
    [InlineData("PIN", "client=x", "workers=1-3")]
    [InlineData("PIN", "client=0 workers=1-4095", "this machine has the processors 0")]
    [InlineData("SERVER", "/nowhere/app {port}", "/nowhere/app is no program")]
    [InlineData("STORE", "redis", "disk postgresql radosgw")]
    [InlineData("OUT", "/etc/passwd", "is a file; wanted: a folder")]
    [InlineData("THREADS", "0", "auto")]
    [InlineData("WARMUP", "5 s", "such as 15s")]
    [InlineData("SEED", "-1", "from 0 up")]
    [InlineData("PORT", "8001", "a worker listens there")]
    [InlineData("FIRST_PORT", "65535", "at most 65534")]
    [InlineData("BLOBS_DIR", "blobs", "an absolute path")]
    public async Task A_wrong_value_is_named_in_one_line_with_what_is_allowed(string variable, string value, string allowed)
    {
        _plan.Environment[variable] = value;
        foreach (var command in (string[])["settings", "list"])
        {
            var (exitCode, output, error) = await _plan.RunAsync(command);
            Assert.Equal((2, ""), (exitCode, output));
            Assert.StartsWith($"run-test.sh: {variable}", error, StringComparison.Ordinal);
            Assert.Contains(allowed, error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd('\n').Split('\n'));
        }
    }

    [Fact]
    public async Task A_limit_of_a_proxy_that_there_is_not_is_refused()
    {
        (_plan.Environment["PROXY"], _plan.Environment["PROXY_CPU_LIMIT"]) = ("direct reuseport", "0.5");
        var (exitCode, _, error) = await _plan.RunAsync("list");
        Assert.Equal(2, exitCode);
        Assert.Equal(
            "run-test.sh: PROXY_CPU_LIMIT limits a proxy, and PROXY='direct reuseport' has none: leave it out", error.TrimEnd());
    }

    [Fact]
    public async Task A_service_by_another_server_is_named_without_what_stands_for_a_size()
    {
        (_plan.Environment["SERVICE"], _plan.Environment["STORE"], _plan.Environment["ACTIONS"]) = ("counter", "redis", "capped");
        _plan.Environment["SERVER"] = "python3 counter.py {port} --store {store}";
        var (exitCode, output, error) = await _plan.RunAsync("settings");
        Assert.True(exitCode == 0, error);
        Assert.Matches("(?m)^STUDIED='counter by python3 counter.py --store on ", output);
    }

    [Fact]
    public async Task Several_wrong_values_are_named_at_once()
    {
        _plan.Environment["RUNS"] = "0";
        _plan.Environment["DURABILITY"] = "foo";
        var (_, _, error) = await _plan.RunAsync("settings");
        Assert.Equal(2, error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Files_are_the_blobs_servers_alone()
    {
        _plan.Environment["STORE"] = "disk";
        Assert.Contains("STORE='disk'", (await _plan.RunAsync("settings")).StandardOutput, StringComparison.Ordinal);
        _plan.Environment["SERVER"] = "python3 app.py {port}";
        Assert.StartsWith("run-test.sh: STORE=disk", (await _plan.RunAsync("settings")).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_processes_are_sorted()
    {
        _plan.Environment["PROCS"] = "8 1  2";
        Assert.Contains("PROCS='1 2 8'", (await _plan.RunAsync("settings")).StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_reach_a_shell_whatever_they_hold()
    {
        _plan.Environment["SERVER"] = "sh it's \"$HOME\" `id` ; {port}";
        var (exitCode, output, error) = await _plan.RunProcessAsync("settings");
        Assert.True(exitCode == 0, error);
        var shell = await ChildProcess.RunAsync("bash", ["-c", $"{output}\nprintf '%s|' \"$PROCS\" \"$SERVER\""]);
        Assert.Equal("1 2|sh it's \"$HOME\" `id` ; {port}|", shell.StandardOutput.TrimEnd('\n'));
    }

    [Fact]
    public async Task Without_actions_it_has_the_built_in_ones()
    {
        _plan.Environment["ACTIONS"] = "";
        Assert.Contains(
            "ACTIONS='baseline list put get flag delete'",
            (await _plan.RunAsync("settings")).StandardOutput,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_leave_nothing_behind()
    {
        await _plan.RunAsync("settings");
        await _plan.RunAsync("list");
        Assert.False(Directory.Exists(_plan.Folder) || Directory.Exists(_plan.Blobs));
    }

    [Fact]
    public void FindProblem_MoreThanOneLine_IsRefused() =>
        Assert.Contains(
            "more than one line", AllVariables.List.First(
                variable => variable.Name == "SERVER").FindProblem("a {port}\nb"), StringComparison.Ordinal);

    public void Dispose() => _plan.Dispose();
}
