using System.Net;
using Blobs.TestSupport;

namespace Counter.Tests;

/// <summary>The promise: the numbers 1 to 100, each once, however many processes grant them.</summary>
[Collection(SharedCounter.Name)]
public sealed class EachOnceTests(RunningStores stores)
{
    private const int Processes = 8;
    private const int Limit = 100;

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task EightProcesses_GrantOneToAHundred_EachOnce(string name)
    {
        var url = (await stores.OfAsync(name)).Url;
        var services = await stores.ServicesAsync(Processes, "Counter", name);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(0, (await ResetAsync(url)).ExitCode);
            var answers = await Task.WhenAll(Enumerable.Range(0, 5 * Limit).Select(
                number => Task.Run(() => Answer.AskAsync(services[number].Http))));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
            Assert.Equal(
                Enumerable.Range(1, Limit).Select(number => (long?)number),
                answers.Where(answer => answer.Number is not null).Select(answer => answer.Number).Order());
            foreach (var service in services) Assert.Equal($"{Limit}", await service.Http.GetStringAsync("/count"));
        }
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task NoLimit_AsManyAsWereAskedFor_EachOnce(string name)
    {
        const int Requests = 2_000;
        var url = (await stores.OfAsync(name)).Url;
        await ResetAsync(url);
        await using var services = await RunningServices.StartAsync(2, "Counter", url, "--limit", "0");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(task => Task.Run(async () =>
        {
            var numbers = new List<long?>();
            for (var round = 0; round < Requests / 20; round++) numbers.Add((await Answer.AskAsync(services[task].Http)).Number);
            return numbers;
        })));
        Assert.Equal(
            Enumerable.Range(1, Requests).Select(number => (long?)number), answers.SelectMany(numbers => numbers).Order());
        Assert.Equal($"{Requests}", await services[0].Http.GetStringAsync("/count"));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task Racy_FourProcesses_TheDefectShows(string name)
    {
        var url = (await stores.OfAsync(name)).Url;
        await ResetAsync(url);
        await using var services = await RunningServices.StartAsync(4, "Counter", url, "--racy", "--limit", "1000");
        var answers = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(
            number => Task.Run(() => Answer.AskAsync(services[number].Http))));
        var granted = answers.Where(answer => answer.Number is not null).Select(answer => answer.Number).ToArray();
        Assert.True(granted.Length > granted.Distinct().Count(), $"{granted.Length} grants and no number twice");
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("redis", "--racy")]
    [InlineData("postgresql", "--racy")]
    [InlineData("tarantool", "--racy")]
    public async Task OneAfterTheOther_EachOnceAndTheLimitHoldsWhereThereIsOne(string name, params string[] options)
    {
        var url = (await stores.OfAsync(name)).Url;
        await ResetAsync(url);
        await using var service = await RunningService.StartAsync("Counter", url, [.. options, "--limit", "2"]);
        const string Refused = """{"Go":"away!","request_num":2}""";
        foreach (var (path, body) in new[]
        {
            ("/", Granted(1)), ("/", Granted(2)), ("/", Refused), ("/uncapped", Granted(3)), ("/", Refused), ("/count", "3"),
        })
        {
            Assert.Equal(body, await service.Http.GetStringAsync(path));
        }

        static string Granted(int number) => $$"""{"hello":"world","request_num":{{number}}}""";
    }

    private static Task<(int ExitCode, string StandardOutput, string StandardError)> ResetAsync(string url) =>
        ProgramCall.RunAsync(() => CounterCommand.Create().RunAsync(["reset", "--store", url]));
}
