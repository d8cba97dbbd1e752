using System.Net;
using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>What is not yet on the disk is told to nobody. strace holds the system call that writes Tarantool's log.</summary>
public sealed class LogTests
{
    private const string Writing = "writev,pwritev,pwrite64";

    private static readonly TimeSpan Held = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task TarantoolsLogIsSlow_AMessageIsSeenAndRepeatedOnlyWhenItIsInThere()
    {
        await using var store = await RunningStore.StartAsync("tarantool", durability: "always");
        await using var processes = await RunningServices.StartAsync(2, "Dialogs", store.Url, Keys.Option);
        var (one, other) = (new Client(), new Client());
        await one.SendAsync(processes[0], other.User, "before");
        await using var strace = ChildProcess.Start(
            "strace",
            [
                "-p", LogThreadOf(store.ServerPid), "-e", $"trace={Writing}", "-e",
                $"inject={Writing}:delay_enter={Held.TotalMicroseconds:0}"
            ]);
        await strace.WaitForOutputAsync("attached");

        var first = one.SendAsync(processes[0], other.User, "slow", "id");
        await Eventually.HoldsAsync(
            async () => await processes[1].Http.GetStringAsync("/count") == "2", () => "the message is not in memory", TimeSpan.FromSeconds(30));
        // The second one finds the first in the memory of the server, and must wait for its log all the same.
        var repeat = one.SendAsync(processes[1], other.User, "slow", "id");
        var listed = await other.ListAsync(processes[1], one.User);
        Assert.False(first.IsCompleted, "the log was not slow: the test shows nothing");
        Assert.Equal(["before"], listed.Messages.Select(message => message.Text));
        var again = await repeat;
        Assert.True(first.IsCompleted, "a repeat was answered before the message was in the log");
        Assert.Equal((HttpStatusCode.Created, (await first).Body), again);
        Assert.Equal(
            ["slow", "before"], (await other.ListAsync(processes[0], one.User)).Messages.Select(message => message.Text));
        strace.Signal("TERM");
        await strace.WaitForExitAsync();
    }

    /// <summary>Tarantool has a thread that writes the log and nothing else.</summary>
    private static string LogThreadOf(string pid) =>
        Path.GetFileName(
            Directory.EnumerateDirectories($"/proc/{pid}/task").Single(
                thread => File.ReadAllText($"{thread}/comm").Trim() == "wal"));
}
