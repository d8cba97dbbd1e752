using Blobs.TestSupport;

namespace StoreClients.Tests;

/// <summary>What stores/NAME promises (stores/README.md), of each.</summary>
public sealed class StoreScriptTests
{
    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task Term_EndsAllOfIt(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        store.Script.Signal("TERM");
        Assert.Equal(143, await store.Script.WaitForExitAsync());
        Assert.True(FreePorts.IsFree(store.Port));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task ScriptIsKilled_TheServerEndsToo(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        store.Script.Signal("KILL");
        await store.Script.WaitForExitAsync();
        await Eventually.HoldsAsync(() => FreePorts.IsFree(store.Port), () => $"{name} still serves", TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    public async Task CannotServe_StatusOneAndOneLine(string name)
    {
        await using var store = await RunningStore.StartAsync(name);
        using var directory = new TempDirectory();
        var script = Repository.PathOf("stores", name);
        var taken = await ChildProcess.RunAsync(script, [directory["x"], $"{store.Port}"]);
        Assert.Equal((1, ""), (taken.ExitCode, taken.StandardOutput));
        Assert.Matches(@"\Astores/\w+: port \d+ is in use; .*\n\z", taken.StandardError);
        var usage = await ChildProcess.RunAsync(script, [directory["x"]]);
        Assert.Equal(2, usage.ExitCode);
        Assert.Matches(@"\Astores/\w+: usage: .*\n\z", usage.StandardError);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("postgresql")]
    [InlineData("tarantool")]
    [InlineData("radosgw")]
    public async Task Help_StatusZeroAndWhatItTakesWithAnExample(string name)
    {
        var help = await ChildProcess.RunAsync(Repository.PathOf("stores", name), ["--help"]);
        Assert.Equal((0, ""), (help.ExitCode, help.StandardError));
        Assert.StartsWith($"stores/{name} DIR PORT", help.StandardOutput, StringComparison.Ordinal);
        Assert.Contains($"\nExample: DURABILITY=none stores/{name} ", help.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis", "SET given 42\n")]
    [InlineData("postgresql", "CREATE TABLE given (id int);\n")]
    [InlineData("tarantool", "box.schema.space.create('given', { if_not_exists = true })\n")]
    public async Task Schema_IsLoadedAndDoesNoHarmAtTheNextStart(string name, string schema)
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["schema"], schema);
        await using var store = await RunningStore.StartAsync(name, directory["schema"]);
        Assert.Equal(1, await store.KillServerAsync());
        await store.StartAgainAsync();
        Assert.False(store.Script.HasExited);
    }

    [Theory]
    [InlineData("redis", "NONSENSE\n")]
    [InlineData("postgresql", "NONSENSE;\n")]
    [InlineData("tarantool", "nonsense()\n")]
    public async Task Schema_Wrong_StatusOneAndWhatTheStoreSaid(string name, string schema)
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["schema"], schema);
        var failure =
            await Assert.ThrowsAsync<InvalidOperationException>(() => RunningStore.StartAsync(name, directory["schema"]));
        Assert.Matches(@"(?i)\Astores/\w+: .*nonsense.*\n\z", failure.Message);
    }
}
