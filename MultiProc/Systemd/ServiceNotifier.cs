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
        var lines = new List<string>();
        var serving = snapshot.Workers.Count(worker => worker.Process.State == ProcessState.Ready);
        var status = FormattableString.Invariant($"STATUS={snapshot.State}: {serving} of {snapshot.Procs} workers ready");
        // One worker that fails to start is no reason to keep the others from serving.
        var isUp = snapshot.State == SupervisorState.Ready || (snapshot.State == SupervisorState.Degraded && isAnswering);
        if (isUp && !_wasReady)
        {
            lines.Add("READY=1");
            _wasReady = true;
        }

        if (status != _lastStatus)
        {
            if (snapshot.State == SupervisorState.Stopping) lines.Add("STOPPING=1");
            lines.Add(_lastStatus = status);
        }

        if (_watchdogEach is { } each && now >= _nextWatchdog && (isAnswering || snapshot.State == SupervisorState.Stopping))
        {
            lines.Add("WATCHDOG=1");
            _nextWatchdog = now + each;
        }

        if (lines.Count > 0) Send(string.Join('\n', lines));
    }

    private void Send(string message)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(message), _manager);
        }
        catch (SocketException)
        {
            // The manager is restarting itself; the next message reaches it.
        }
    }
}
