using StudyResults;

namespace RequestClient.Planned;

/// <summary>
/// What the blocks before found: where to begin looking in this one. It only saves the search; the figure of a run rests on its
/// own trials alone.
/// </summary>
internal sealed class EarlierCapacities
{
    private const int Last = 5;

    private readonly List<RunRecord> _records;

    /// <param name="recordFile">Where the study's runs are recorded.</param>
    /// <param name="study">Its name, for a file that holds several.</param>
    public EarlierCapacities(string recordFile, string? study) => _records = File.Exists(recordFile)
        ? [.. RunLog.Read(recordFile).Where(
            record => record.Capacity is not null && record.Study == study && record.Invalid is null or [])]
        : [];

    public void Add(RunRecord record) => _records.Add(record);

    /// <summary>The geometric mean of the last few of the same cell; null where there are none.</summary>
    public double? Of(PlannedRun run)
    {
        var alike = _records.Where(record => IsOf(record, run)).TakeLast(Last)
            .Select(record => Math.Log(record.Capacity!.RatePerSecond)).ToList();
        return alike.Count == 0 ? null : Math.Exp(alike.Average());
    }

    /// <summary>They led nowhere: the next attempt searches.</summary>
    public void Forget(PlannedRun run) => _records.RemoveAll(record => IsOf(record, run));

    private static bool IsOf(RunRecord record, PlannedRun run) =>
        record.Capacity!.Objective == run.Objective!.ToString() && record.Procs == run.Procs && record.Action == run.Action
        && record.SizeKiB == run.SizeKiB && record.Concurrency == run.Concurrency && record.Proxy == run.Proxy
            && record.StoreEngine == run.StartedStore;
}
