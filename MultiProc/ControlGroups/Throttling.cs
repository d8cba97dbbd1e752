using System.Globalization;

namespace MultiProc.ControlGroups;

/// <summary>What a limit of processor time did to a group, since the group was made.</summary>
/// <param name="Periods">Periods in which a member wanted to run.</param>
/// <param name="ThrottledPeriods">Those in which the limit made it wait.</param>
/// <param name="Seconds">How long it waited, all of its processors together.</param>
internal sealed record Throttling(long Periods, long ThrottledPeriods, double Seconds)
{
    /// <summary>Reads cpu.stat: version 1 counts nanoseconds, version 2 microseconds. Null when it tells of no limit.</summary>
    public static Throttling? Parse(string stat)
    {
        var values = stat.Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length == 2)
            .ToDictionary(fields => fields[0], fields => long.Parse(fields[1], CultureInfo.InvariantCulture));
        if (!values.TryGetValue("nr_periods", out var periods) || !values.TryGetValue("nr_throttled", out var throttled))
            return null;
        var seconds = values.TryGetValue("throttled_time", out var nanoseconds) ? nanoseconds / 1e9
            : values.TryGetValue("throttled_usec", out var microseconds) ? microseconds / 1e6
            : 0;
        return new Throttling(periods, throttled, seconds);
    }
}
