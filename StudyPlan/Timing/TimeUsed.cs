using StudyPlan.Studies;

namespace StudyPlan.Timing;

/// <summary>The time that the starts of a study took, over all sessions.</summary>
/// <param name="Measuring">From the first run to the last of each start: what BUDGET is spent on.</param>
/// <param name="Total">With starting and warming the servers, which an answer needs however short its runs are.</param>
internal readonly record struct TimeUsed(TimeSpan Measuring, TimeSpan Total)
{
    public static TimeUsed Of(IEnumerable<Session> sessions, RunState runs)
    {
        var starts = sessions.SelectMany(session => session.Starts).Select(start => start.At).Append(DateTimeOffset.MaxValue)
            .ToList();
        var used = new TimeUsed(TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (at, next) in starts.Zip(starts.Skip(1)))
        {
            // A start that was interrupted before its first run has used nothing.
            if (runs.Between(at, next) is { } span)
                used = new TimeUsed(used.Measuring + (span.End - span.Begin), used.Total + (span.End - at));
        }

        return used;
    }
}
