using System.Diagnostics;

namespace MultiProc.Processes;

/// <summary>A running child, leader of a session and process group of its own.</summary>
internal sealed class Child
{
    private const int PumpStackBytes = 256 * 1024;

    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly PidDescriptor _hold;
    private readonly Thread _pump;

    /// <summary>Starts the process on the calling thread, see <see cref="Launcher"/>.</summary>
    public Child(Process process, Action<string> output, Action ended)
    {
        _process = process;
        _process.Exited += (_, _) => ended();
        _process.Start();
        Pid = process.Id;
        _hold = PidDescriptor.Open(Pid);
        // A blocking thread each: asynchronous reads of pipes block threads of the pool, which grows by one a second, and
        // eight workers would starve it.
        _pump = new Thread(() => Pump(process.StandardOutput, output), PumpStackBytes) { IsBackground = true };
        _pump.Start();
    }

    public int Pid { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>The exit status; 128 and the signal's number for a child that a signal ended.</summary>
    public int ExitStatus => _process.ExitCode;

    public void Signal(int signal) => _hold.Signal(signal);

    /// <summary>Ends the child and everything that it started and left in its process group.</summary>
    public void Kill()
    {
        // The group is there only once setsid has run.
        _hold.Signal(Posix.SigKill);
        KillGroup();
    }

    /// <summary>Ends what a child that has ended left behind, and gives its last words time to come through.</summary>
    public void Bury()
    {
        // No other process can get the group's number while a member of the group lives.
        KillGroup();
        _pump.Join(LastWordsPatience);
        _process.Dispose();
        _hold.Dispose();
    }

    private void KillGroup() => Posix.SignalGroup(Pid, Posix.SigKill);

    private static void Pump(StreamReader reader, Action<string> output)
    {
        try
        {
            while (reader.ReadLine() is { } line) output(line);
        }
        catch (IOException)
        {
            // The pipe is closed, and the child has ended.
        }
    }
}
