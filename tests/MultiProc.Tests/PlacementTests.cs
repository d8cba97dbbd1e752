using MultiProc.Configuration;

namespace MultiProc.Tests;

public sealed class PlacementTests
{
    [Theory]
    [InlineData("workers=0-1,proxy=1", "0,1|1|")]
    [InlineData("workers=0,2,store=3,proxy=1,4-5", "0,2|1,4,5|3")]
    [InlineData("store=0", "||0")]
    [InlineData("", null)]
    [InlineData("0-1", null)]
    [InlineData("workers=", null)]
    [InlineData("workers=a", null)]
    [InlineData("client=0", null)]
    [InlineData("workers=0,workers=1", null)]
    public void TryParse_Text_ProcessorsOfEach(string text, string? cpus) => Assert.Equal(
        cpus,
        Placement.TryParse(text) is { } placement
            ? string.Join('|', new[] { placement.Workers, placement.Proxy, placement.Store }.Select(
                list => string.Join(',', list)))
            : null);

    [Fact(Timeout = 60_000)]
    public async Task Processes_are_bound_and_status_says_where()
    {
        Assert.SkipUnless(Environment.ProcessorCount >= 2, "one processor leaves no choice");
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, ["--pin", "workers=0,proxy=1"]);
        var status = await running.StatusAsync();
        Assert.All(status.Workers, worker => Assert.Equal([0], worker.Limits.Cpus!));
        Assert.Equal([1], status.Haproxy!.Limits.Cpus!);
        Assert.Equal("1", status.Environment["DOTNET_PROCESSOR_COUNT"]);
    }
}
