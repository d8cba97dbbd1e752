using System.Net;
using System.Text.Json;
using Blobs.TestSupport;

namespace Counter.Tests;

/// <summary>The program as a person or a supervisor meets it; what it shows holds for all services (ServiceDefaults).</summary>
[Collection(SharedCounter.Name)]
public sealed class CommandTests(RunningStores stores)
{
    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task Signal_EndsWithTheStatusThatTheShellExpects(string signal, int status)
    {
        await using var service = await StartAsync();
        service.Process.Signal(signal);
        Assert.Equal(status, await service.Process.WaitForExitAsync());
    }

    [Theory]
    [InlineData("0", "--store", "redis://127.0.0.1:1")]
    [InlineData("8001")]
    [InlineData("8001", "--store", "mysql://127.0.0.1:1")]
    [InlineData("8001", "--store", "redis://127.0.0.1:1", "--limit", "-1")]
    [InlineData("8001", "--store", "redis://127.0.0.1:1", "--log", "text")]
    [InlineData("8001", "--store", "redis://127.0.0.1:1", "--host", "nowhere")]
    [InlineData("reset")]
    [InlineData("8001", "reset", "--store", "redis://127.0.0.1:1")]
    [InlineData("--limit", "5", "reset", "--store", "redis://127.0.0.1:1")]
    public async Task BadUsage_StatusTwoAndWhatToGive(params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.EndsWith("Counter: see Counter --help\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset --help", "Counter reset [options]", false)]
    [InlineData("--help", "Counter <PORT> [command] [options]", true)]
    public async Task Help_ShowsThePortWhereOneIsTaken(string arguments, string usage, bool takesPort)
    {
        var (exitCode, output, _) = await RunAsync(arguments.Split(' '));
        Assert.Equal(0, exitCode);
        Assert.Contains($"  {usage}\n", output, StringComparison.Ordinal);
        Assert.Equal(takesPort, output.Contains("PORT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoStoreThere_StatusOneAndOneLine()
    {
        var url = $"redis://127.0.0.1:{FreePorts.Take()}";
        foreach (var (exitCode, _, error) in await Task.WhenAll(RunAsync("8001", "--store", url), RunAsync("reset", "--store", url)))
        {
            Assert.Equal(1, exitCode);
            Assert.Matches(@"\ACounter: cannot use the store at redis://127.0.0.1:\d+: .*\n\z", error);
        }
    }

    [Fact]
    public async Task PortTaken_StatusOneAndOneLine()
    {
        await using var service = await StartAsync();
        var (exitCode, _, error) = await RunAsync([$"{service.Port}", "--store", (await stores.OfAsync("redis")).Url]);
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\ACounter: cannot listen on port \d+ .*in use.*\n\z", error);
    }

    /// <summary>A folder may be full of other programs' settings, and nobody watches it for new ones.</summary>
    [Fact]
    public async Task SettingsOfAspNetInTheFolder_AreNotRead()
    {
        using var folder = new TempDirectory();
        var (port, other) = (FreePorts.Take(), FreePorts.Take());
        var settings = $$$"""{ "Kestrel": { "Endpoints": { "Other": { "Url": "http://127.0.0.1:{{{other}}}" } } } }""";
        await File.WriteAllTextAsync(folder["appsettings.json"], settings);
        string[] arguments = [$"{port}", "--store", (await stores.OfAsync("redis")).Url];
        await using var process = ChildProcess.Start(Repository.Program("Counter"), arguments, workingDirectory: folder.FullPath);
        await process.WaitForOutputAsync("serving");

        using var http = new HttpClient();
        Assert.NotEmpty(await http.GetStringAsync($"http://127.0.0.1:{port}/count"));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://127.0.0.1:{other}/count"));
    }

    [Fact]
    public async Task Log_Json_ALineForEachRequest()
    {
        await using var service = await StartAsync("--log", "json");
        for (var request = 0; request < 50; request++) await Answer.AskAsync(service.Http);
        using var unknown = await service.Http.GetAsync("/nothing?x=\"1\"");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        service.Process.Signal("TERM");
        await service.Process.WaitForExitAsync();
        var lines = service.Process.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(50, lines.Count(line => line.GetProperty("target").GetString() == "/"));
        var last = lines[^1];
        Assert.Equal(("GET", 404), (last.GetProperty("method").GetString(), last.GetProperty("status").GetInt32()));
        Assert.StartsWith("/nothing?x=", last.GetProperty("target").GetString(), StringComparison.Ordinal);
        Assert.True(last.GetProperty("elapsedSeconds").GetDouble() >= 0);
    }

    [Fact]
    public async Task Reset_WhileServing_CountsFromOneAgain()
    {
        var url = (await stores.OfAsync("tarantool")).Url;
        await using var service = await RunningService.StartAsync("Counter", url, "--limit", "3");
        for (var request = 0; request < 5; request++) await Answer.AskAsync(service.Http);
        Assert.Null((await Answer.AskAsync(service.Http)).Number);
        Assert.Equal(0, (await RunAsync("reset", "--store", url)).ExitCode);
        Assert.Equal(1, (await Answer.AskAsync(service.Http)).Number);
    }

    [Fact]
    public async Task StoreIsDown_NotReadyButAliveAndProblemsAre503()
    {
        await using var store = await RunningStore.StartAsync("redis");
        await using var service = await RunningService.StartAsync("Counter", store.Url);
        await store.KillServerAsync();
        foreach (var (path, status) in new[] { ("/health/live", 200), ("/health/ready", 503), ("/", 503), ("/count", 503) })
        {
            using var answer = await service.Http.GetAsync(path);
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 503) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private static Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("Counter"), arguments);

    private async Task<RunningService> StartAsync(params string[] options) =>
        await RunningService.StartAsync("Counter", (await stores.OfAsync("redis")).Url, options);
}
