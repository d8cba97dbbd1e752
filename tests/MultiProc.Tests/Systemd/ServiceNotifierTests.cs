using System.Net.Sockets;
using System.Text;
using Blobs.TestSupport;
using MultiProc.ControlGroups;
using MultiProc.Keeping;
using MultiProc.Metering;
using MultiProc.Snapshots;
using MultiProc.Systemd;

namespace MultiProc.Tests.Systemd;

/// <summary>Against a real datagram socket, as systemd listens on one.</summary>
public sealed class ServiceNotifierTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceNotifierTests() => _manager.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));

    [Fact]
    public void FromEnvironment_NoManager_Null() => Assert.Null(ServiceNotifier.FromEnvironment(_ => null));

    [Fact]
    public void Notify_ALife_ReadyOnceStatusOnChangeWatchdogWhileAnswering()
    {
        var notifier = Create(watchdog: "3000000");
        Assert.Equal(TimeSpan.FromSeconds(1), notifier.LongestRest);

        (SupervisorState State, int Ready, double Second, string Told)[] life =
        [
            (SupervisorState.Starting, 0, 0, "STATUS=Starting: 0 of 2 workers ready"),
            (SupervisorState.Ready, 2, 1, "READY=1\nSTATUS=Ready: 2 of 2 workers ready\nWATCHDOG=1"),
            (SupervisorState.Ready, 2, 1.5, ""),
            (SupervisorState.Ready, 2, 2, "WATCHDOG=1"),
            (SupervisorState.Degraded, 0, 3, "STATUS=Degraded: 0 of 2 workers ready"),
            (SupervisorState.Degraded, 0, 30, ""),
            (SupervisorState.Ready, 2, 31, "STATUS=Ready: 2 of 2 workers ready\nWATCHDOG=1"),
            (SupervisorState.Stopping, 0, 32, "STOPPING=1\nSTATUS=Stopping: 0 of 2 workers ready\nWATCHDOG=1"),
        ];
        foreach (var (state, ready, second, told) in life) Assert.Equal(told, Tell(notifier, state, ready, second));
    }

    [Fact]
    public void Notify_OneWorkerFailsAndAnotherAnswers_Ready() => Assert.StartsWith(
        "READY=1\n", Tell(Create(watchdog: null), SupervisorState.Degraded, ready: 1, second: 0), StringComparison.Ordinal);

    [Fact]
    public void FromEnvironment_WatchdogOfAnotherProcess_None()
    {
        var notifier = ServiceNotifier.FromEnvironment(name => name switch
        {
            "NOTIFY_SOCKET" => _directory["notify"],
            "WATCHDOG_USEC" => "3000000",
            "WATCHDOG_PID" => "1",
            _ => null,
        });
        Assert.Null(notifier!.LongestRest);
    }

    public void Dispose()
    {
        _manager.Dispose();
        _directory.Dispose();
    }

    private ServiceNotifier Create(string? watchdog) => ServiceNotifier.FromEnvironment(name => name switch
    {
        "NOTIFY_SOCKET" => _directory["notify"],
        "WATCHDOG_USEC" => watchdog,
        _ => null,
    })!;

    /// <summary>What the manager received; empty when nothing came.</summary>
    private string Tell(ServiceNotifier notifier, SupervisorState state, int ready, double second)
    {
        var workers = Enumerable.Range(1, 2).Select(index =>
        {
            var state = index <= ready ? ProcessState.Ready : ProcessState.Waiting;
            var groups = GroupMaker.None().For("w");
            var process = new ProcessSnapshot(100 + index, state, Restarts: 0, new ProcessMeter(groups, "M=1"), groups, []);
            return new WorkerSnapshot(index, $"w{index}", 9000 + index, IsServing: true, process);
        });
        var snapshot = new Snapshot(state, Procs: 2, [.. workers], Proxy: null);
        notifier.Notify(snapshot, isAnswering: ready > 0, TimeSpan.FromSeconds(second));
        // A datagram to a socket of this machine is there as soon as it was sent.
        if (_manager.Available == 0) return "";
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, _manager.Receive(buffer));
    }
}
