using System.Collections.Immutable;
using System.Globalization;

namespace MultiProc.Balancing;

/// <summary>HAProxy as a supervised child, and what it sends to which slot.</summary>
internal sealed class Haproxy
{
    private const string SocketsVariable = "BLOBS_SOCKETS";

    private readonly HaproxyRuntime _runtime;
    private readonly Surroundings _surroundings;
    private readonly Func<Worker, SlotAddress> _addressOf;
    private readonly RunningTotals _totals = new();
    private readonly Dictionary<string, SlotState> _applied = [];
    private int? _appliedToPid;
    private string? _lastProblem;

    public Haproxy(Settings settings, string executable, Surroundings surroundings)
    {
        _surroundings = surroundings;
        _runtime = new HaproxyRuntime(settings.Control.HaproxySocket, surroundings.Clock.Time);
        var onSockets = ReachesSockets(settings.HaproxyFile!);
        _addressOf = worker => new SlotAddress(worker.Port, onSockets ? settings.SocketOf(worker.Index) : null);
        Process = new SupervisedProcess(
            new ProcessPlan
            {
                Name = "haproxy",
                Command = new([executable, "-db", "-f", settings.HaproxyFile!]) { Environment = EnvironmentFor(settings) },
                UntilReady = (_, cancellation) => _runtime.WaitUntilReadyAsync(cancellation),
                IsAlive = _runtime.AnswersAsync,
                ProbeTimeout = settings.ProbeTimeout,
            },
            surroundings);
    }

    public SupervisedProcess Process { get; }

    /// <summary>The variables that a configuration may use.</summary>
    public static ImmutableDictionary<string, string?> EnvironmentFor(Settings settings) =>
        ImmutableDictionary<string, string?>.Empty
            .Add("BLOBS_PORT", settings.Port.ToString(CultureInfo.InvariantCulture))
            .Add("BLOBS_READY_PATH", settings.ReadyPath)
            .Add(SocketsVariable, settings.Control.WorkerSockets)
            .Add("BLOBS_ADMIN_SOCKET", settings.Control.HaproxySocket);

    /// <summary>Whether a configuration has its slots on the workers' unix sockets.</summary>
    public static bool ReachesSockets(string file) => File.ReadAllText(file).Contains(SocketsVariable, StringComparison.Ordinal);

    /// <summary>Null when it does not answer.</summary>
    public async Task<HaproxyCounters?> CountAsync(CancellationToken cancellation)
    {
        var asked = Process.Pid;
        var counters = await _runtime.CountAsync(cancellation);
        // Another one than that which was asked may have answered.
        return counters is null || asked is null || Process.Pid != asked ? null : _totals.Of(counters, asked.Value);
    }

    /// <summary>What HAProxy was last told of the worker's slot; one that was just started has all of them out.</summary>
    public SlotState SlotOf(Worker worker) =>
        _appliedToPid == Process.Pid ? _applied.GetValueOrDefault(worker.Name) : SlotState.Out;

    /// <summary>
    /// Makes the slots what the workers are, touching only those that differ. Called on every turn of the loop, so that
    /// a HAProxy that was started again, which knows nothing, or a command that failed, is made good by itself.
    /// </summary>
    public async Task BalanceAsync(IEnumerable<Worker> workers, CancellationToken cancellation)
    {
        if (Process.State != ProcessState.Ready) return;
        if (_appliedToPid != Process.Pid) _applied.Clear();
        _appliedToPid = Process.Pid;
        foreach (var worker in workers)
        {
            // One that does not answer would cost a time-out for each.
            if (!await ApplyAsync(worker, worker.WantedSlot, cancellation)) return;
        }
    }

    /// <summary>Tells HAProxy at once; whether it took it.</summary>
    public async Task<bool> ApplyAsync(Worker worker, SlotState wanted, CancellationToken cancellation)
    {
        if (SlotOf(worker) == wanted) return true;
        var problem = wanted switch
        {
            SlotState.Ready => await _runtime.EnableAsync(worker.Name, _addressOf(worker), cancellation),
            SlotState.Drain => await _runtime.DrainAsync(worker.Name, cancellation),
            _ => await _runtime.DisableAsync(worker.Name, cancellation),
        };
        if (problem is null) _applied[worker.Name] = wanted;
        else if (problem != _lastProblem) _surroundings.Log.Event(problem);
        _lastProblem = problem;
        return problem is null;
    }
}
