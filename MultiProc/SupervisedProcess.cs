using MultiProc.Processes;

namespace MultiProc;

/// <summary>
/// One process that is kept running, as its parent sees it: what it is doing, since when, and what it is to do next.
/// Only the supervisor's loop calls it.
/// </summary>
internal sealed class SupervisedProcess(ProcessPlan plan, Surroundings surroundings)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private RestartHistory _history = RestartHistory.Healthy;
    private Child? _child;
    private Task? _readiness;
    private LivenessWatch? _liveness;
    private Action _stopProbing = () => { };
    private TimeSpan _startedAt;

    public string Name => plan.Name;

    public ProcessState State { get; private set; } = ProcessState.Waiting;

    /// <summary>How often it was started, for whatever reason.</summary>
    public int Starts { get; private set; }

    /// <summary>Starts that followed an exit that nobody asked for.</summary>
    public int Restarts { get; private set; }

    /// <summary>Whether it has answered its probe at least once in its life, whatever happened since.</summary>
    public bool WasEverReady { get; private set; }

    /// <summary>When the one that runs now became ready.</summary>
    public TimeSpan ReadyAt { get; private set; }

    /// <summary>How the last one ended, in words; null when none did.</summary>
    public string? LastEnd { get; private set; }

    public int? Pid => _child?.Pid;

    /// <summary>What it has used, all of its lives together.</summary>
    public CpuMeter Cpu { get; } = new();

    public bool Answers => State == ProcessState.Ready && _liveness is { Silences: 0 };

    /// <summary>When the loop must look again even if nothing happens; null when only an event can change anything.</summary>
    public TimeSpan? NextDue => State is ProcessState.Ready or ProcessState.Stopped ? null : Due;

    /// <summary>When the present state has lasted long enough: a delay is over, or patience is.</summary>
    private TimeSpan Due { get; set; }

    public bool IsDue => Now >= Due;

    private TimeSpan Now => surroundings.Clock.Now;

    public void StartIfDue()
    {
        if (State is not (ProcessState.Waiting or ProcessState.Failed) || !IsDue) return;
        Enter(ProcessState.Starting, StartTimeout);
        _startedAt = Now;
        Starts++;
        _child = surroundings.Launcher.Start(
            plan.Command, line => surroundings.Log.Output(Name, line), surroundings.Wakeup.Set);
        Cpu.Follow(_child.Pid);
        _readiness = Probe(cancellation => plan.UntilReady(WasEverReady, cancellation));
    }

    /// <summary>Notices an end; what was not asked for is restarted as the policy says.</summary>
    public void Reap()
    {
        if (_child is not { HasExited: true } child) return;
        var status = child.ExitStatus;
        child.Bury();
        Cpu.Follow(pid: null);
        _child = null;
        _stopProbing();
        LastEnd = status > 128 ? $"was ended by signal {status - 128}" : $"ended with status {status}";
        if (State is ProcessState.Stopping or ProcessState.Draining)
        {
            Enter(ProcessState.Stopped, TimeSpan.Zero);
            return;
        }

        const int killedStatus = 128 + Posix.SigKill;
        var exit = new ProcessExit(_startedAt, Now, WasReady: State == ProcessState.Ready, Killed: status == killedStatus);
        var decision = RestartPolicy.After(_history, exit);
        _history = decision.History;
        Restarts++;
        Enter(_history.Degraded ? ProcessState.Failed : ProcessState.Waiting, decision.Delay);
        surroundings.Log.Event(string.Concat(
            $"{Name} (pid {child.Pid}) {LastEnd}; ",
            FormattableString.Invariant($"starting it again in {decision.Delay.TotalSeconds:0.#} s"),
            _history.Degraded ? $": degraded, it failed to start {RestartPolicy.FailedStartsAllowed} times in a row" : ""));
    }

    public void NoticeReadiness()
    {
        if (State != ProcessState.Starting || _readiness is not { IsCompletedSuccessfully: true }) return;
        State = ProcessState.Ready;
        WasEverReady = true;
        ReadyAt = Now;
        _liveness = new LivenessWatch(plan.IsAlive, plan.ProbeTimeout, surroundings.Clock.Time);
        Probe(_liveness.WatchAsync);
        surroundings.Log.Event(FormattableString.Invariant(
            $"{Name} (pid {Pid}) ready after {(Now - _startedAt).TotalSeconds:0.00} s"));
    }

    /// <summary>Kills what answers no more; it is restarted like one that crashed.</summary>
    public void ReplaceIfHung()
    {
        if (State != ProcessState.Ready || _liveness is not { IsHung: true } || _child is null) return;
        var timeout = FormattableString.Invariant($"{plan.ProbeTimeout.TotalSeconds} s");
        surroundings.Log.Event(
            $"{Name} (pid {Pid}) hangs: no answer {LivenessWatch.SilencesAllowed} times within {timeout}; killing it");
        // Only a stopped or hung process gets here, and that does not take SIGTERM.
        _child.Kill();
    }

    /// <summary>Kills what took too long to start or to stop.</summary>
    public void TimeOut()
    {
        if (State is not (ProcessState.Starting or ProcessState.Stopping) || !IsDue || _child is null) return;
        var failure = State == ProcessState.Starting ? $"did not answer {plan.Question}" : "did not stop";
        surroundings.Log.Event($"{Name} (pid {Pid}) {failure} in time; killing it");
        _child.Kill();
        Due = Now + StartTimeout;
    }

    /// <summary>From now on it is only to end what it has begun; one that has begun nothing is stopped.</summary>
    public void Drain(TimeSpan patience, TimeSpan stopPatience)
    {
        if (State == ProcessState.Ready) Enter(ProcessState.Draining, patience);
        else if (State != ProcessState.Draining) Stop(Posix.SigTerm, stopPatience);
    }

    /// <summary>Asks it to end, once; it is killed when it has not ended after <paramref name="patience"/>.</summary>
    public void Stop(int signal, TimeSpan patience)
    {
        if (State is ProcessState.Stopping or ProcessState.Stopped) return;
        _stopProbing();
        Enter(_child is null ? ProcessState.Stopped : ProcessState.Stopping, patience);
        _child?.Signal(signal);
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        Stop(Posix.SigKill, StartTimeout);
        _child?.Kill();
    }

    /// <summary>Starts one that was stopped, as if it were new.</summary>
    public void StartAgain()
    {
        if (State != ProcessState.Stopped) return;
        _history = RestartHistory.Healthy;
        Enter(ProcessState.Waiting, TimeSpan.Zero);
    }

    private void Enter(ProcessState state, TimeSpan patience) => (State, Due) = (state, Now + patience);

    private Task Probe(Func<CancellationToken, Task> probe)
    {
        _stopProbing();
        var probing = new CancellationTokenSource();
        _stopProbing = probing.Cancel;
        var task = probe(probing.Token);
        task.ContinueWith(
            _ => surroundings.Wakeup.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return task;
    }
}
