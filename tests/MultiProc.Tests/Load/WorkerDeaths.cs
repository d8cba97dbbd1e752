using System.Diagnostics;
using Blobs.TestSupport;
using MultiProc.Control;
using MultiProc.Processes;
using MultiProc.Workers;

namespace MultiProc.Tests.Load;

/// <summary>Kills workers and remembers when each died and when its successor was first seen.</summary>
internal sealed class WorkerDeaths
{
    private readonly List<Death> _deaths = [];
    private readonly List<Sighting> _sightings = [];

    public int Count => _deaths.Count;

    /// <summary>
    /// Kills one that serves, if another one does, and waits for its end. One that starts is left to start: who is killed
    /// before he is ready rests for seconds or a minute (RestartPolicy), which is StartFailureTests' subject.
    /// </summary>
    public async Task KillOneOfAsync(IReadOnlyList<WorkerReport> workers)
    {
        var now = Stopwatch.GetTimestamp();
        var serving = workers.Where(worker => worker.State == "ready").ToList();
        _sightings.AddRange(serving.Select(worker => new Sighting(Worker.NameOf(worker.Index), worker.Pid!.Value, now)));
        // On a busy machine a start takes longer than it takes to kill all of them, and then there is no rest to go to.
        if (serving.Count < 2) return;
        var victim = serving[Random.Shared.Next(serving.Count)];
        var before = Stopwatch.GetTimestamp();
        Posix.Signal(victim.Pid!.Value, Posix.SigKill);
        await DeathAsync(victim.Pid.Value);
        _deaths.Add(new Death(Worker.NameOf(victim.Index), victim.Pid.Value, before, Stopwatch.GetTimestamp()));
    }

    /// <summary>
    /// How long after a worker's death a request was sent that failed on it, zero when it was under way; null when no
    /// death explains its failure. There is no fixed grace: HAProxy learns of a death from the kernel when it gets a
    /// processor, and that is late where others want it too. But nothing may be lost on a successor that lives.
    /// </summary>
    /// <param name="failure">The request.</param>
    /// <param name="worker">Who got it; null when nobody knows.</param>
    public TimeSpan? Explain(BlobLoad.Failure failure, string? worker) =>
        (from death in _deaths
         where worker is null || death.Worker == worker
         where death.Before <= failure.EndedAt
         where !_sightings.Exists(sighting => sighting.Worker == death.Worker && sighting.Pid != death.Pid
             && sighting.At > death.After && sighting.At < failure.SentAt)
         let since = Stopwatch.GetElapsedTime(death.After, failure.SentAt)
         select (TimeSpan?)(since > TimeSpan.Zero ? since : TimeSpan.Zero)).Min();

    /// <summary>
    /// The kernel tears a killed process down over some milliseconds, in which its listening socket still takes
    /// connections: it is dead, and nothing more can be under way on it, when all that is left of it is its name.
    /// </summary>
    private static Task DeathAsync(int pid) => Eventually.HoldsAsync(
        () => ProcFile.StateOf(pid) is null or 'Z' or 'X', () => $"{pid} lives", Running.Patience);

    private sealed record Death(string Worker, int Pid, long Before, long After);

    private sealed record Sighting(string Worker, int Pid, long At);
}
