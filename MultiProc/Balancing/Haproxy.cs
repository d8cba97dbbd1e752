using System.Collections.Immutable;
using System.Globalization;
using MultiProc.Processes;

namespace MultiProc.Balancing;

/// <summary>HAProxy as a supervised child, and which of its slots get requests.</summary>
internal sealed class Haproxy
{
    private readonly HaproxyRuntime _runtime;
    private readonly Log _log;
    private readonly Dictionary<string, bool> _enabledBySlot = [];
    private int? _appliedToPid;
    private string? _lastProblem;

    public Haproxy(Settings settings, string executable, Surroundings surroundings)
    {
        _log = surroundings.Log;
        _runtime = new HaproxyRuntime(settings.Control.HaproxySocket, surroundings.Clock.Time);
        var command = new ProcessCommand([executable, "-db", "-f", settings.HaproxyFile!]) { Environment = EnvironmentFor(settings) };
        Process = new SupervisedProcess("haproxy", command, _runtime.WaitUntilReadyAsync, surroundings);
    }

    public SupervisedProcess Process { get; }

    /// <summary>The variables that a configuration may use.</summary>
    public static ImmutableDictionary<string, string?> EnvironmentFor(Settings settings) =>
        ImmutableDictionary<string, string?>.Empty
            .Add("BLOBS_PORT", settings.Port.ToString(CultureInfo.InvariantCulture))
            .Add("BLOBS_ADMIN_SOCKET", settings.Control.HaproxySocket);

    public Task<HaproxyCounters?> CountAsync(CancellationToken cancellation) => _runtime.CountAsync(cancellation);

    /// <summary>
    /// Makes the slots what the workers are, touching only those that differ. Called on every turn of the loop, so that
    /// a HAProxy that was started again, which knows nothing, or a command that failed, is made good by itself.
    /// </summary>
    public async Task BalanceAsync(IEnumerable<Worker> workers, CancellationToken cancellation)
    {
        if (Process.State != ProcessState.Ready) return;
        if (_appliedToPid != Process.Pid) _enabledBySlot.Clear();
        _appliedToPid = Process.Pid;
        foreach (var worker in workers)
        {
            var wanted = worker.Process.State == ProcessState.Ready;
            if (_enabledBySlot.GetValueOrDefault(worker.Name) == wanted) continue;
            var problem = wanted
                ? await _runtime.EnableAsync(worker.Name, worker.Port, cancellation)
                : await _runtime.DisableAsync(worker.Name, cancellation);
            if (problem is null) _enabledBySlot[worker.Name] = wanted;
            if (problem is not null && problem != _lastProblem) _log.Event(problem);
            _lastProblem = problem;
        }
    }

    /// <summary>Whether the worker's slot gets requests.</summary>
    public bool Serves(Worker worker) => _appliedToPid == Process.Pid && _enabledBySlot.GetValueOrDefault(worker.Name);
}
