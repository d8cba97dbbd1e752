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
        string Received()
        {
            var buffer = new byte[4096];
            while (manager.Available > 0)
                received.Append(Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer))).Append('\n');
            return received.ToString();
        }

        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = running["notify"], ["WATCHDOG_USEC"] = "600000" };
        running.Start(running.Arguments(1), environment);
        await Eventually.HoldsAsync(() => Received().Contains("READY=1", StringComparison.Ordinal), Received, Running.Patience);
        await Eventually.HoldsAsync(() => Received().Split("WATCHDOG=1").Length > 3, Received, Running.Patience);

        var worker = (await running.StatusAsync()).Workers[0].Pid;
        var variables = await File.ReadAllTextAsync($"/proc/{worker}/environ", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("NOTIFY_SOCKET", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG", variables, StringComparison.Ordinal);

        await running.MustAsync("stop");
        Assert.Contains("STOPPING=1", Received(), StringComparison.Ordinal);
    }
}
