using System.ComponentModel;
using MultiProc.ControlGroups;
using MultiProc.Logging;
using MultiProc.Metering;
using MultiProc.Processes;

namespace MultiProc.Keeping;

/// <summary>
/// One process that is kept running, as its parent sees it: what it is doing, since when, and what it is to do next.
/// Only the supervisor's loop calls it.
/// </summary>
internal sealed class SupervisedProcess
{
    /// <summary>The kernel may need as long to end one that was killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(30);

    private readonly ProcessPlan _plan;
    private readonly ProcessMark _mark;
    private readonly Equipment _equipment;
    private readonly LastWords _lastWords = new();
    private RestartHistory _history = RestartHistory.Healthy;
    private Child? _child;
    private Task? _readiness;
    private LivenessWatch? _liveness;
    private Action _stopProbing = () => { };
    private TimeSpan _startedAt;
    private bool _wasHung;
    private int _saidNoAt;

    public SupervisedProcess(ProcessPlan plan, Equipment equipment)
    {
        (_plan, _equipment) = (plan, equipment);
        Groups = equipment.Groups.For(plan.Name);
        _mark = new ProcessMark(plan.Name);
        Meter = new ProcessMeter(Groups, _mark.ToString());
    }

    public string Name => _plan.Name;

    /// <summary>The control groups of its whole tree, where it is measured and limited.</summary>
    public ProcessGroups Groups { get; }

    /// <summary>What it and all that it started have used, all of its lives together.</summary>
    public ProcessMeter Meter { get; }

    public ProcessState State { get; private set; } = ProcessState.Waiting;

    /// <summary>How often it was started, for whatever reason.</summary>
    public int Starts { get; private set; }

    /// <summary>Starts that followed an exit that nobody asked for.</summary>
    public int Restarts { get; private set; }

    /// <summary>Whether it has answered its probe at least once in its life, whatever happened since.</summary>
    public bool WasEverReady { get; private set; }

    /// <summary>How the last one ended, in words; null when none did.</summary>
    public string? LastEnd { get; private set; }

    /// <summary>Whether it ended before it was ever ready.</summary>
    public bool HasFailedToStart => !WasEverReady && Restarts > 0;

    /// <summary>The last lines that it printed, those of the ones before it included.</summary>
    public IReadOnlyList<string> LastWords => _lastWords.Lines;

    public int? Pid => _child?.Pid;

    public bool Answers => State == ProcessState.Ready && _liveness is { Silences: 0 };

    /// <summary>When the loop must look again even if nothing happens; null when only an event can change anything.</summary>
    public TimeSpan? NextDue => State is ProcessState.Ready or ProcessState.Stopped ? null : Due;

    /// <summary>When the present state has lasted long enough: a delay is over, or patience is.</summary>
    private TimeSpan Due { get; set; }

    public bool IsDue => Now >= Due;

    private TimeSpan Now => _equipment.Clock.Now;

    public void StartIfDue()
    {
        if (State is not (ProcessState.Waiting or ProcessState.Failed) || !IsDue) return;
        Enter(ProcessState.Starting, _plan.StartTimeout);
        _startedAt = Now;
        _wasHung = false;
        Starts++;
        try
        {
            _child = _equipment.Launcher.Start(NextCommand(), Output, _equipment.Wakeup.Set);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            // The machine has no more processes, memory or descriptors. The others go on, and so do we.
            LastEnd = $"could not be started: {exception.Message.TrimEnd('.')}";
            StartAgainLater($"{Name} {LastEnd}");
            return;
        }

        Meter.Follow(_child.Pid);
        _readiness = Probe(cancellation => _plan.UntilReady(WasEverReady, cancellation));
    }

    /// <summary>Notices an end; what was not asked for is restarted as the policy says.</summary>
    public void Reap()
    {
        if (_child is not { HasExited: true } child) return;
        var status = child.ExitStatus;
        child.Bury();
        // A child of a child can lead a group and a session of its own, and hold ports and files that the next one needs.
        Meter.KillMembers();
        _child = null;
        _stopProbing();
        LastEnd = status > 128 ? $"was ended by signal {status - 128}" : $"ended with status {status}";
        if (State is ProcessState.Stopping or ProcessState.Draining)
        {
            Enter(ProcessState.Stopped, TimeSpan.Zero);
            return;
        }

        StartAgainLater($"{Name} (pid {child.Pid}) {LastEnd}");
    }

    private void StartAgainLater(string whatHappened)
    {
        var kind = State != ProcessState.Ready ? ExitKind.BeforeReady : _wasHung ? ExitKind.Hung : ExitKind.AfterReady;
        var decision = RestartPolicy.After(_history, new ProcessExit(Now - _startedAt, kind));
        _history = decision.History;
        Restarts++;
        Enter(_history.Degraded ? ProcessState.Failed : ProcessState.Waiting, decision.Delay);
        var failure = _history.FailedStarts > 0 ? "failed to start" : "hung";
        _equipment.Log.Event(string.Concat(
            whatHappened,
            "; ",
            FormattableString.Invariant($"starting it again in {decision.Delay.TotalSeconds:0.#} s"),
            _history.Degraded ? $": degraded, it {failure} {RestartPolicy.FailuresAllowed} times in a row" : ""));
    }

    public void NoticeReadiness()
    {
        if (State != ProcessState.Starting || _readiness is not { IsCompletedSuccessfully: true }) return;
        State = ProcessState.Ready;
        WasEverReady = true;
        _liveness = new LivenessWatch(_plan.AskForLife, _plan.ProbeTimeout, _equipment.Rounds, _equipment.Clock.Time);
        Probe(_liveness.WatchAsync);
        _equipment.Log.Event(FormattableString.Invariant(
            $"{Name} (pid {Pid}) ready after {(Now - _startedAt).TotalSeconds:0.00} s"));
    }

    /// <summary>Kills what answers no more; it is restarted like one that crashed.</summary>
    public void ReplaceIfHung()
    {
        if (State != ProcessState.Ready || _child is null || _wasHung) return;
        if (_liveness is { OnlySaysNo: true } && _saidNoAt != Starts)
        {
            _saidNoAt = Starts;
            _equipment.Log.Event($"{Name} (pid {Pid}) answers {_plan.LifeQuestion} with an error and never did otherwise: "
                + "it is watched for silence only; pass --live-path with a path that it answers");
        }

        if (_liveness is not { IsHung: true }) return;
        var timeout = FormattableString.Invariant($"{_plan.ProbeTimeout.TotalSeconds} s");
        _equipment.Log.Event(
            $"{Name} (pid {Pid}) hangs: no answer {LivenessWatch.SilencesAllowed} times within {timeout}; killing it");
        _wasHung = true;
        // Only a stopped or hung process gets here, and that does not take SIGTERM.
        _child.Kill();
    }

    /// <summary>Kills what took too long to start or to stop.</summary>
    public void TimeOut()
    {
        if (State is not (ProcessState.Starting or ProcessState.Stopping) || !IsDue || _child is null) return;
        var failure = State == ProcessState.Starting ? $"did not answer {_plan.Question}" : "did not stop";
        _equipment.Log.Event($"{Name} (pid {Pid}) {failure} in time; killing it");
        _child.Kill();
        Due = Now + KillPatience;
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
        Stop(Posix.SigKill, KillPatience);
        _child?.Kill();
    }

    /// <summary>Starts one that was stopped, as if it were new.</summary>
    public void StartAgain()
    {
        if (State != ProcessState.Stopped) return;
        _history = RestartHistory.Healthy;
        Enter(ProcessState.Waiting, TimeSpan.Zero);
    }

    private ProcessCommand NextCommand()
    {
        var command = _plan.Command();
        return command with
        {
            ControlGroups = Groups.Joined,
            Environment = command.Environment.SetItem(ProcessMark.Variable, _mark.Value),
        };
    }

    private void Output(string line)
    {
        _lastWords.Add(line);
        _plan.OnOutput(line);
        _equipment.Log.Output(Name, line);
    }

    private void Enter(ProcessState state, TimeSpan patience) => (State, Due) = (state, Now + patience);

    private Task Probe(Func<CancellationToken, Task> probe)
    {
        _stopProbing();
        var probing = new CancellationTokenSource();
        _stopProbing = probing.Cancel;
        var task = probe(probing.Token);
        task.ContinueWith(
            _ => _equipment.Wakeup.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return task;
    }
}
