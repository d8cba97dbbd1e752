using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Processes;
using MultiProc.WaysIn;
using MultiProc.Workers;

namespace MultiProc.Pooling;

/// <summary>Stops each draining worker when it has ended what it had begun, or has had the time for it.</summary>
internal sealed class Departures(Settings settings, Pool pool, IWayIn wayIn, Equipment equipment)
{
    public async Task FinishAsync(CancellationToken cancellation)
    {
        var draining = pool.Workers.Where(worker => worker.Process.State == ProcessState.Draining).ToList();
        if (draining.Count == 0) return;
        var counters = wayIn.IsListening ? await wayIn.CountAsync(cancellation) : null;
        foreach (var worker in draining)
        {
            var underWay = CountUnderWay(worker, counters);
            if (underWay > 0 && !worker.Process.IsDue) continue;
            if (underWay > 0)
                equipment.Log.Event($"{worker.Name} still has {underWay} requests under way; stopping it all the same");
            // HAProxy closes its idle connections now, so that the worker never closes one under a request.
            await wayIn.ApplyAsync(worker, SlotState.Out, cancellation);
            worker.Process.Stop(Posix.SigTerm, settings.StopTimeout);
        }
    }

    private long CountUnderWay(Worker worker, RequestCounters? counters)
    {
        if (!wayIn.IsListening) return 0;
        // A slot that is not drained yet may get another request after we looked; and silence is no answer.
        if (wayIn.SlotOf(worker) == SlotState.Ready || counters is null) return 1;
        return counters.Slots.GetValueOrDefault(worker.Name)?.UnderWay ?? 0;
    }
}
