using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>The program as a person or a study meets it.</summary>
public sealed class CommandTests
{
    private const string Key = "a key of the tests, 32 bytes or more";

    [Theory]
    [InlineData(null, "8001", "--store", "tarantool://127.0.0.1:1")]
    [InlineData("", "feed")]
    [InlineData("31 bytes are one less than need", "8001", "--store", "tarantool://127.0.0.1:1")]
    [InlineData(Key, "8001", "--store", "tarantool://127.0.0.1:1", "--jwt-key", "/nowhere")]
    [InlineData(Key, "8001", "--store", "redis://127.0.0.1:1")]
    [InlineData(Key, "feed", "--users", "1")]
    [InlineData(Key, "feed", "--zipf", "-1")]
    [InlineData(Key, "feed", "--lines", "0")]
    [InlineData(Key, "feed", "--until", "soon")]
    [InlineData(Key, "reset", "--store", "tarantool://127.0.0.1:1", "--messages", "-1")]
    public async Task BadUsage_StatusTwoAndWhatToGive(string? key, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(key, arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Matches(@"\ADialogs: .*\nDialogs: see Dialogs --help\n\z", error);
    }

    [Fact]
    public async Task Feed_SameSeedSameLines_FewUsersOftenAndTheirTokensAreGood()
    {
        var (exitCode, output, error) =
            await RunAsync(Key, "feed", "--users", "100", "--zipf", "1.1", "--lines", "5000", "--seed", "7");
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToArray();
        Assert.Equal(["token", "from", "user", "dialog"], lines[0]);
        Assert.Equal(5001, lines.Length);
        var (_, again, _) = await RunAsync(
            Key, "feed", "--users", "100", "--zipf", "1.1", "--lines", "5000", "--seed", "7", "--until", "2100-01-01");
        Assert.Equal(
            lines.Select(line => (line[1], line[2])), again.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t')).Select(
                line => (line[1], line[2])));
        // Of Zipf's law with 1.1 and a hundred users the first has 24 %.
        var often = lines.Skip(1).CountBy(line => line[1]).Max(user => user.Value);
        Assert.InRange(often, 1000, 1400);
        // With the moment given, to the last byte: a study that is gone on with has the same feed.
        Assert.Equal(again, (await RunAsync(Key, "feed", "--users", "100", "--zipf", "1.1", "--lines", "5000", "--seed", "7", "--until", "2100-01-01")).StandardOutput);
        var reader = new Tokens.TokenReader(System.Text.Encoding.UTF8.GetBytes(Key));
        foreach (var line in lines.Skip(1).Take(100))
        {
            Assert.Equal(line[1], $"{await reader.ReadAsync($"Bearer {line[0]}")}");
            Assert.NotEqual(line[1], line[2]);
        }
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Reset_EmptiesAndFills_AndNeedsNoKey(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        await using var service = await RunningService.StartAsync("Dialogs", store.Url, Keys.Option);
        var (user, peer) = (new Client(), Guid.NewGuid());
        await user.SendAsync(service, peer, "x", "id");
        Assert.Equal("1", await service.Http.GetStringAsync("/count"));
        Assert.Equal(0, (await RunAsync(null, "reset", "--store", store.Url)).ExitCode);
        Assert.Equal("0", await service.Http.GetStringAsync("/count"));
        Assert.Empty((await user.ListAsync(service, peer)).Messages);
        // Its id is as new as any other.
        await user.SendAsync(service, peer, "y", "id");
        Assert.Equal("y", Assert.Single((await user.ListAsync(service, peer)).Messages).Text);
        Assert.Equal(0, (await RunAsync(null, "reset", "--store", store.Url, "--messages", "500", "--users", "10")).ExitCode);
        Assert.Equal("500", await service.Http.GetStringAsync("/count"));
    }

    private static Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(
        string? key, params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("Dialogs"), arguments, new Dictionary<string, string?> { ["JWT_KEY"] = key });
}
