namespace MultiProc.WaysIn;

/// <summary>
/// HAProxy counts from its own start. This goes on where one that ended was last asked, so that no total that was ever
/// shown gets smaller. Called from any thread.
/// </summary>
internal sealed class RunningTotals
{
    private readonly Lock _lock = new();
    private HaproxyCounters? _ended;
    private HaproxyCounters? _last;
    private int? _pid;

    /// <summary>Adds what those before counted to what the HAProxy with this pid counts.</summary>
    public HaproxyCounters Of(HaproxyCounters counters, int pid)
    {
        lock (_lock)
        {
            if (pid != _pid) (_pid, _ended) = (pid, _last);
            _last = _ended is null ? counters : counters with
            {
                Requests = counters.Requests + _ended.Requests,
                Slots = counters.Slots.ToDictionary(slot => slot.Key, slot => Sum(slot.Value, _ended, slot.Key)),
            };
            return _last;
        }
    }

    private static SlotCounters Sum(SlotCounters slot, HaproxyCounters ended, string name) =>
        slot with { Requests = slot.Requests + (ended.Slots.GetValueOrDefault(name)?.Requests ?? 0) };
}
