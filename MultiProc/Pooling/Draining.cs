using MultiProc.Balancing;
using MultiProc.Processes;

namespace MultiProc.Pooling;

/// <summary>Stops each draining worker when it has ended what it had begun, or has had the time for it.</summary>
internal sealed class Draining(Settings settings, Pool pool, Haproxy? haproxy, Surroundings surroundings)
{
    private bool IsBalanced => haproxy is { Process.State: ProcessState.Ready };

    public async Task FinishAsync(CancellationToken cancellation)
    {
        var draining = pool.Workers.Where(worker => worker.Process.State == ProcessState.Draining).ToList();
        if (draining.Count == 0) return;
        var counters = IsBalanced ? await haproxy!.CountAsync(cancellation) : null;
        foreach (var worker in draining)
        {
            var underWay = CountUnderWay(worker, counters);
            if (underWay > 0 && !worker.Process.IsDue) continue;
            if (underWay > 0)
                surroundings.Log.Event($"{worker.Name} still has {underWay} requests under way; stopping it all the same");
            // HAProxy closes its idle connections now, so that the worker never closes one under a request.
            if (haproxy is not null) await haproxy.ApplyAsync(worker, SlotState.Out, cancellation);
            worker.Process.Stop(Posix.SigTerm, settings.StopTimeout);
        }
    }

    private long CountUnderWay(Worker worker, HaproxyCounters? counters)
    {
        if (!IsBalanced) return 0;
        // A slot that is not drained yet may get another request after we looked; and silence is no answer.
        if (haproxy!.SlotOf(worker) == SlotState.Ready || counters is null) return 1;
        return counters.Slots.GetValueOrDefault(worker.Name)?.UnderWay ?? 0;
    }
}
