using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests;

/// <summary>The real program as a service manager sees it.</summary>
public sealed class SystemdProcessTests
{
    [Fact(Timeout = 60_000)]
    public async Task The_unit_file_is_one_that_systemd_takes()
    {
        Assert.SkipWhen(Executable.Find("systemd-analyze") is null, "there is no systemd-analyze");
        using var directory = new TempDirectory();
        var cancellation = TestContext.Current.CancellationToken;
        var unit = await File.ReadAllTextAsync(Repository.PathOf("MultiProc", "multiproc.service"), cancellation);
        // It is installed nowhere here, and systemd looks whether it is.
        var installed = unit.Replace("/opt/blobs/bin/MultiProc", Repository.Program("MultiProc"), StringComparison.Ordinal);
        Assert.NotEqual(unit, installed);
        await File.WriteAllTextAsync(directory["multiproc.service"], installed, cancellation);
        var (exitCode, output, error) = await ChildProcess.RunAsync(
            "systemd-analyze", ["verify", "--man=no", directory["multiproc.service"]]);
        Assert.Equal("", output + error);
        Assert.Equal(0, exitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_when_it_is_ready_feeds_the_watchdog_and_keeps_both_from_its_children()
    {
        await using var running = new Running();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(running["notify"]));
        var received = new StringBuilder();
        string Received() => received.Append(ReadAll(manager)).ToString();

        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = running["notify"], ["WATCHDOG_USEC"] = "600000" };
        running.Start(running.Arguments(1), environment);
        await Eventually.HoldsAsync(() => Received().Contains("READY=1", StringComparison.Ordinal), Received, Running.Patience);
        await Eventually.HoldsAsync(() => Received().Split("WATCHDOG=1").Length > 3, Received, Running.Patience);

        var worker = (await running.StatusAsync()).Workers[0].Pid;
        var variables = await File.ReadAllTextAsync($"/proc/{worker}/environ", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("NOTIFY_SOCKET", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG", variables, StringComparison.Ordinal);

        // A manager that has ten messages to read gets no more, and a busy machine takes its time to stop.
        var stopping = running.MustAsync("stop");
        await Eventually.HoldsAsync(
            () => Received().Contains("STOPPING=1", StringComparison.Ordinal), Received, Running.Patience);
        await stopping;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_manager_that_does_not_read_holds_up_nothing_and_is_told_when_it_does()
    {
        await using var running = new Running();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(running["notify"]));
        using (var other = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false })
        {
            other.Connect(new UnixDomainSocketEndPoint(running["notify"]));
            Assert.Throws<SocketException>(() => SendWithoutEnd(other));
        }

        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = running["notify"], ["WATCHDOG_USEC"] = "600000" };
        await running.StartReadyAsync(procs: 1, environment: environment);

        var received = "";
        await Eventually.HoldsAsync(
            () => (received += ReadAll(manager)).Contains("READY=1", StringComparison.Ordinal), () => received, Running.Patience);
    }

    private static void SendWithoutEnd(Socket socket)
    {
        while (true) socket.Send("STATUS=somebody else's"u8);
    }

    /// <summary>What has come: a line a piece of news.</summary>
    private static string ReadAll(Socket manager)
    {
        var news = new StringBuilder();
        var buffer = new byte[4096];
        while (manager.Available > 0) news.Append(Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer))).Append('\n');
        return news.ToString();
    }
}
