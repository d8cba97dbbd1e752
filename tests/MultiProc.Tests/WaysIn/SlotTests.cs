using System.Net.Sockets;
using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests.WaysIn;

/// <summary>What HAProxy has of a slot, as its own statistics tell it, where it missed something or knows better.</summary>
public sealed class SlotTests
{
    private const int SigStop = 19;
    private const int SigCont = 18;

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_left_while_HAProxy_took_no_command_is_out_once_it_does()
    {
        await using var running = new Running();
        await running.StartReadyAsync(
            procs: 2, ["--probe-timeout", "1m", "--drain-timeout", "0.1"], haproxy: Running.Service);
        var pids = await running.PidsAsync();
        var haproxy = pids[^1];
        Posix.Signal(haproxy, SigStop);
        // Until its queue is full: a command that waited there would be carried out after all.
        var crowd = Crowd($"{running.Control}.haproxy");
        var scaling = running.AskAsync("scale", "1");
        await running.Supervisor.WaitForOutputAsync("w2 still has 1 requests under way; stopping it all the same");
        await Eventually.HoldsAsync(
            () => ProcFile.StateOf(pids[1]) is null, () => "the worker has not left", Running.Patience);
        foreach (var socket in crowd) socket.Dispose();
        Posix.Signal(haproxy, SigCont);
        await WaitForAsync(running, "w2", slot => slot.Status == "MAINT");
        Assert.Equal(0, (await scaling).ExitCode);
        Assert.Equal([1], (await running.StatusAsync()).Serving);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_HAProxy_finds_down_serves_nobody_and_status_says_so()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 2, ["--ready-path", "/health/ready"], haproxy: Running.Service);
        await running.GetAsync($"http://127.0.0.1:{running.FirstPort}/unready");
        var status = await running.EventuallyAsync(now => now.Serving is [2], "it is said to serve");
        Assert.Equal("ready", status.Workers[0].State);
        Assert.False(status.Workers[0].Serving);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_slot_that_is_added_is_checked_as_the_others_are()
    {
        await using var running = new Running(slots: 9);
        await running.StartReadyAsync(procs: 1, haproxy: Running.Service);
        await running.MustAsync("scale", "9");
        await WaitForAsync(running, "w9", slot => slot.Check == "L7OK");
    }

    private static Task WaitForAsync(Running running, string name, Func<Slot, bool> holds)
    {
        Slot? last = null;
        return Eventually.HoldsAsync(
            async () => holds(last = await ReadAsync(running, name)), () => $"{name} is {last}", Running.Patience);
    }

    private static async Task<Slot> ReadAsync(Running running, string name)
    {
        var lines = (await running.GetAsync($"http://127.0.0.1:{running.StatisticsPort}/;csv")).TrimStart('#', ' ').Split('\n');
        var columns = lines[0].Split(',');
        var fields = lines.Select(line => line.Split(','))
            .Single(fields => fields is ["workers", var server, ..] && server == name);
        return new Slot(fields[Array.IndexOf(columns, "status")], fields[Array.IndexOf(columns, "check_status")]);
    }

    /// <summary>Connections that nobody takes, so many that there is no room for another.</summary>
    private static List<Socket> Crowd(string path)
    {
        var crowd = new List<Socket>();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            crowd.Add(socket);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
            }
            catch (SocketException)
            {
                return crowd;
            }
        }
    }

    private sealed record Slot(string Status, string Check);
}
