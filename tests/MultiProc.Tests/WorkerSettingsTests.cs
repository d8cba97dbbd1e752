using MultiProc.Configuration;

namespace MultiProc.Tests;

public sealed class WorkerSettingsTests
{
    [Fact]
    public void Of_GivenOwnAndDefault_InThatOrder()
    {
        var environment = WorkerEnvironment.Of(
            ["DOTNET_gcServer=1", "KEY=a=b"],
            name => name switch { "DOTNET_gcServer" => "2", "DOTNET_gcConcurrent" => "3", _ => null },
            processorsEach: 12);
        Assert.Equal(
            ["DOTNET_PROCESSOR_COUNT=C", "DOTNET_gcConcurrent=3", "DOTNET_gcServer=1", "KEY=a=b"],
            environment.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void For_Placeholders_ReplacedAndBoundToOneProcessorEach()
    {
        var settings = new Settings
        {
            Procs = 3,
            DataDirectory = "/data",
            FirstPort = 9001,
            Port = 9000,
            Control = new ControlPath("/run/x.sock"),
            ReadyPath = "/",
            Cpus = [4, 6],
            Command = ["app", "--dir={dir}", "{port}", "{index}", "{other}"],
        };
        var words = CommandTemplate.For(settings, index: 3).Words;
        Assert.Equal("taskset --cpu-list 4 app --dir=/data 9003 3 {other}", string.Join(' ', words));
    }
}
