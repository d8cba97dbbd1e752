using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MultiProc.Keeping;
using MultiProc.Snapshots;

namespace MultiProc.Systemd;

/// <summary>
/// Tells the service manager how things are (sd_notify(3)): READY=1 once, STATUS= on each change, STOPPING=1, and
/// WATCHDOG=1 as long as a worker answers. A service without one that does is restarted by systemd.
/// </summary>
internal sealed class ServiceNotifier
{
    private readonly UnixDomainSocketEndPoint _manager;
    private readonly TimeSpan? _watchdogEach;
    private readonly List<string> _unsent = [];
    private string? _lastStatus;
    private bool _wasReady;
    private TimeSpan _nextWatchdog;

    private ServiceNotifier(string address, TimeSpan? watchdogTimeout)
    {
        // An address that starts with @ is an abstract one: a zero byte in its place (unix(7)).
        _manager = new UnixDomainSocketEndPoint(address.StartsWith('@') ? "\0" + address[1..] : address);
        _watchdogEach = watchdogTimeout / 3;
    }

    /// <summary>The loop has to come by this often.</summary>
    public TimeSpan? LongestRest => _watchdogEach;

    /// <summary>Null when no service manager started this process.</summary>
    public static ServiceNotifier? FromEnvironment(Func<string, string?> variable)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 0 } address) return null;
        // It is meant for somebody else when it names another process.
        var ownPid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var isForUs = variable("WATCHDOG_PID") is not { } pid || pid == ownPid;
        var hasWatchdog = long.TryParse(variable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var microseconds);
        return new ServiceNotifier(address, isForUs && hasWatchdog ? TimeSpan.FromMicroseconds(microseconds) : null);
    }

    public void Notify(Snapshot snapshot, bool isAnswering, TimeSpan now)
    {
        var serving = snapshot.Workers.Count(worker => worker.Process.State == ProcessState.Ready);
        var status = FormattableString.Invariant($"STATUS={snapshot.State}: {serving} of {snapshot.Procs} workers ready");
        // One worker that fails to start is no reason to keep the others from serving.
        var isUp = snapshot.State == SupervisorState.Ready || (snapshot.State == SupervisorState.Degraded && isAnswering);
        if (isUp && !_wasReady)
        {
            Say("READY=1");
            _wasReady = true;
        }

        if (status != _lastStatus)
        {
            if (snapshot.State == SupervisorState.Stopping) Say("STOPPING=1");
            _unsent.Remove(_lastStatus ?? "");
            Say(_lastStatus = status);
        }

        if (_watchdogEach is { } each && now >= _nextWatchdog && (isAnswering || snapshot.State == SupervisorState.Stopping))
        {
            Say("WATCHDOG=1");
            _nextWatchdog = now + each;
        }

        if (_unsent.Count > 0 && TrySend(string.Join('\n', _unsent))) _unsent.Clear();
    }

    private void Say(string line)
    {
        if (!_unsent.Contains(line)) _unsent.Add(line);
    }

    /// <summary>
    /// False when the manager is restarting itself or has ten messages to read (net.unix.max_dgram_qlen): what was to be said
    /// is said at the next turn. To wait for it would leave the workers alone meanwhile.
    /// </summary>
    private bool TrySend(string message)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
            socket.SendTo(Encoding.UTF8.GetBytes(message), _manager);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
