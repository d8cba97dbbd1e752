using MultiProc.Processes;

namespace MultiProc;

/// <summary>
/// One process that is kept running, as its parent sees it: what it is doing, since when, and what it is to do next.
/// Only the supervisor's loop calls it.
/// </summary>
internal sealed class SupervisedProcess(
    string name,
    ProcessCommand command,
    Func<CancellationToken, Task> untilReady,
    Surroundings surroundings)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private RestartHistory _history = RestartHistory.Healthy;
    private Child? _child;
    private Task? _readiness;
    private Action _stopProbing = () => { };
    private TimeSpan _startedAt;
    private TimeSpan _due;

    public string Name { get; } = name;

    public ProcessState State { get; private set; } = ProcessState.Waiting;

    /// <summary>Starts that followed an exit that nobody asked for.</summary>
    public int Restarts { get; private set; }

    /// <summary>Whether it has answered its probe at least once in its life, whatever happened since.</summary>
    public bool WasEverReady { get; private set; }

    public int? Pid => _child?.Pid;

    private TimeSpan Now => surroundings.Clock.Now;

    private bool IsUnsettled => State is ProcessState.Waiting or ProcessState.Starting or ProcessState.Stopping;

    /// <summary>When the loop must look again even if nothing happens; null when only an event can change anything.</summary>
    public TimeSpan? NextDue => IsUnsettled || State == ProcessState.Failed ? _due : null;

    public void StartIfDue()
    {
        if (State is not (ProcessState.Waiting or ProcessState.Failed) || Now < _due) return;
        _startedAt = Now;
        _due = Now + StartTimeout;
        State = ProcessState.Starting;
        _child = surroundings.Launcher.Start(command, line => surroundings.Log.Output(Name, line), surroundings.Wakeup.Set);
        var probing = new CancellationTokenSource();
        _stopProbing = probing.Cancel;
        _readiness = untilReady(probing.Token);
        _readiness.ContinueWith(_ => surroundings.Wakeup.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Notices an end; what was not asked for is restarted as the policy says.</summary>
    public void Reap()
    {
        if (_child is not { HasExited: true } child) return;
        var status = child.ExitStatus;
        child.Bury();
        _child = null;
        _stopProbing();
        if (State == ProcessState.Stopping)
        {
            State = ProcessState.Stopped;
            return;
        }

        const int killedStatus = 128 + Posix.SigKill;
        var exit = new ProcessExit(_startedAt, Now, WasReady: State == ProcessState.Ready, Killed: status == killedStatus);
        var decision = RestartPolicy.After(_history, exit);
        _history = decision.History;
        _due = Now + decision.Delay;
        Restarts++;
        State = _history.Degraded ? ProcessState.Failed : ProcessState.Waiting;
        surroundings.Log.Event($"{Name} (pid {child.Pid}) {Describe(status)}; "
            + FormattableString.Invariant($"starting it again in {decision.Delay.TotalSeconds:0.#} s")
            + (_history.Degraded ? $": degraded, it failed to start {RestartPolicy.FailedStartsAllowed} times in a row" : ""));
    }

    public void NoticeReadiness()
    {
        if (State != ProcessState.Starting || _readiness is not { IsCompletedSuccessfully: true }) return;
        State = ProcessState.Ready;
        WasEverReady = true;
        surroundings.Log.Event(FormattableString.Invariant($"{Name} (pid {Pid}) ready after {(Now - _startedAt).TotalSeconds:0.00} s"));
    }

    /// <summary>Kills what took too long to start or to stop.</summary>
    public void TimeOut()
    {
        if (State is not (ProcessState.Starting or ProcessState.Stopping) || Now < _due || _child is null) return;
        surroundings.Log.Event($"{Name} (pid {Pid}) {(State == ProcessState.Starting ? "did not answer" : "did not stop")} in time; killing it");
        _child.Kill();
        _due = Now + StartTimeout;
    }

    /// <summary>Asks it to end, once; it is killed when it has not ended after <paramref name="patience"/>.</summary>
    public void Stop(int signal, TimeSpan patience)
    {
        if (State is ProcessState.Stopping or ProcessState.Stopped) return;
        _stopProbing();
        _due = Now + patience;
        State = _child is null ? ProcessState.Stopped : ProcessState.Stopping;
        _child?.Signal(signal);
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        Stop(Posix.SigKill, StartTimeout);
        _child?.Kill();
    }

    private static string Describe(int exitStatus) =>
        exitStatus > 128 ? $"was ended by signal {exitStatus - 128}" : $"ended with status {exitStatus}";
}
