namespace StudyPlan.Tests.Variables;

/// <summary>What MultiProc or the client would refuse when all is built and begun is refused before.</summary>
public sealed class BoundsTests : IDisposable
{
    private readonly PlanProgram _plan = new();

    [Theory]
    [InlineData("THREADS", "65", "from 1 to 64")]
    [InlineData("SCENARIOS", "10x1048577", "up to 1048576 KiB")]
    [InlineData("CPU_LIMIT", "0.001", "from 0.01 to 4096")]
    [InlineData("WARMUP", "169h", "such as 15s")]
    [InlineData("SERVER", "nosuchprogram {port}", "nosuchprogram is no program")]
    [InlineData("STORE", "nosuchprogram {dir} {storeport}", "nosuchprogram is no program")]
    public async Task A_value_that_a_program_would_refuse_later_is_refused_at_once(string variable, string value, string allowed)
    {
        _plan.Environment[variable] = value;
        var (exitCode, output, error) = await _plan.RunAsync("settings");
        Assert.Equal((2, ""), (exitCode, output));
        var line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith($"run-test.sh: {variable}=", line, StringComparison.Ordinal);
        Assert.Contains(allowed, line, StringComparison.Ordinal);
    }

    /// <summary>MultiProc finds it there too.</summary>
    [Fact]
    public async Task A_server_where_an_ordinary_users_PATH_does_not_lead_is_found()
    {
        (_plan.Environment["PATH"], _plan.Environment["SERVER"]) = ("/usr/bin:/bin", "haproxy -f {dir}/{port}");
        _plan.Environment["ACTIONS"] = "baseline";
        var (exitCode, _, error) = await _plan.RunProcessAsync("settings");
        Assert.True(exitCode == 0, error);
    }

    public void Dispose() => _plan.Dispose();
}
