using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace MultiProc.Processes;

/// <summary>
/// Starts children so that none outlives this process. PR_SET_PDEATHSIG (prctl(2)) is sent when the *thread* that
/// started the child ends, so all of them are started by one thread that never does.
/// </summary>
internal sealed class Launcher
{
    // Before it: setsid, a session of its own, so that a terminal's Ctrl-C reaches only the supervisor, which then stops
    // its children in order; setpriv, which has the kernel kill it when the supervisor dies. Should that have died before
    // prctl was called, the parent is no longer the one we know. One pipe for both streams keeps lines in their order.
    private const string Guard =
        """
        [ "$PPID" -eq "$1" ] || exit 1
        shift
        while [ "$1" != -- ]; do
            echo $$ > "$1/cgroup.procs" || exit 1
            shift
        done
        shift
        exec "$@" </dev/null 2>&1
        """;

    /// <summary>What the service manager told this process is not meant for its children.</summary>
    private static readonly string[] OwnVariables =
        ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"];

    private readonly BlockingCollection<Action> _starts = [];

    public Launcher() => new Thread(StartForEver) { IsBackground = true, Name = "launcher" }.Start();

    /// <summary>Starts a child; each line of its output goes to one action, its end calls the other.</summary>
    public Child Start(ProcessCommand command, Action<string> output, Action ended)
    {
        var started = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(new Child(StartGuarded(command), output, ended));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    private static Process StartGuarded(ProcessCommand command)
    {
        var supervisor = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "setsid",
            [
                "setpriv", "--pdeathsig", "KILL",
                "sh", "-c", Guard, "multiproc", supervisor, .. command.ControlGroups, "--", .. command.Words,
            ])
        {
            RedirectStandardOutput = true,
        };
        foreach (var name in OwnVariables) start.Environment.Remove(name);
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        return new Process { StartInfo = start, EnableRaisingEvents = true };
    }

    private void StartForEver()
    {
        foreach (var start in _starts.GetConsumingEnumerable()) start();
    }
}
