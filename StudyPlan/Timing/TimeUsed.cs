using StudyPlan.Studies;

namespace StudyPlan.Timing;

/// <summary>How much of its budget a study has used: wall clock from the first start of servers on, in each session.</summary>
internal static class TimeUsed
{
    /// <param name="sessions">All of them; the last one goes on now.</param>
    /// <param name="runs">Its records, which tell how long a session that was cut off went on.</param>
    /// <param name="now">In UTC.</param>
    public static TimeSpan Of(IReadOnlyList<Session> sessions, RunState runs, DateTimeOffset now)
    {
        var used = TimeSpan.Zero;
        for (var index = 0; index < sessions.Count; index++)
        {
            if (sessions[index].Starts is not [var first, ..] starts) continue;
            var isLast = index == sessions.Count - 1;
            var lastStart = starts[^1].At;
            var end = isLast ? now : runs.LastEnd(first.At, sessions[index + 1].BeganAt) is { } run && run > lastStart ? run : lastStart;
            used += end - first.At;
        }

        return used;
    }
}
