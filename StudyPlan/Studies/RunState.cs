using System.Globalization;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Studies;

/// <summary>What became of the runs of a plan, by the records that there are of each.</summary>
/// <param name="records">All of them.</param>
/// <param name="isQuietWanted">Whether a disturbed run is measured again: not with QUIET=0, which takes the machine as it
/// is.</param>
internal sealed class RunState(IReadOnlyList<RunRecord> records, bool isQuietWanted = true)
{
    /// <summary>So often RequestClient tries for an undisturbed run.</summary>
    private const int MostAttempts = 3;

    private readonly ILookup<int, RunRecord> _byOrder = records.Where(record => record.Order is not null)
        .ToLookup(record => record.Order!.Value);

    /// <summary>All records of a study's folder; none when there are none yet.</summary>
    /// <exception cref="RunLogException">A line is no record.</exception>
    public static RunState Read(string folder, Values values)
    {
        var path = Path.Combine(folder, "runs.jsonl");
        return new RunState(File.Exists(path) ? RunLog.Read(path) : [], TimeText.Parse(values["QUIET"]) > TimeSpan.Zero);
    }

    /// <summary>From the beginning of the first record of a time to the end of its last; null when there is none.</summary>
    public (DateTimeOffset Begin, DateTimeOffset End)? Between(DateTimeOffset from, DateTimeOffset until)
    {
        var between = records.Where(record => record.StartedAt >= from && record.StartedAt < until).ToList();
        return between.Count == 0
            ? null
            : (between.Min(record => record.StartedAt), between.Max(
                record => record.StartedAt + TimeSpan.FromSeconds(record.ElapsedSeconds)));
    }

    /// <summary>Whether there is a record of one of these runs that began after a moment.</summary>
    public bool HasAny(IEnumerable<PlannedRun> runs, DateTimeOffset since) =>
        runs.Any(run => _byOrder[run.Order].Any(record => record.StartedAt >= since));

    /// <summary>Whether there is any record of a run.</summary>
    public bool IsRecorded(PlannedRun run) => _byOrder.Contains(run.Order);

    public bool IsGood(PlannedRun run) => FindFault(run) is null;

    /// <summary>Why no record of a run can be used; null when one can.</summary>
    public string? FindFault(PlannedRun run)
    {
        var attempts = _byOrder[run.Order].ToList();
        if (attempts.Count == 0) return "there is no record of it";
        return attempts.Any(record => FaultOf(record) is null) ? null : FaultOf(attempts[^1]);
    }

    private string? FaultOf(RunRecord record)
    {
        if (record.Invalid is { Count: > 0 } reasons) return $"invalid: {string.Join("; ", reasons)}";
        if (record.Errors.Count > 0)
        {
            return "errors: "
                + string.Join(", ", record.Errors.Select(
                    error => string.Create(CultureInfo.InvariantCulture, $"{error.Value} x {error.Key}")));
        }

        // RequestClient measures a disturbed run again; what stays disturbed through all attempts is marked and used.
        return isQuietWanted && Disturbance.Of(record).IsDisturbed && (record.Attempt ?? MostAttempts) < MostAttempts
            ? "disturbed, and not measured again"
            : null;
    }
}
