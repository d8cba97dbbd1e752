using System.Globalization;
using StudyResults;

namespace RequestClient.Metering;

/// <summary>The first line of /proc/stat: what all processors did since the machine was booted (proc(5)).</summary>
internal static class MachineCpu
{
    /// <summary>USER_HZ, which Linux keeps at 100 for programs whatever its own clock does.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Null where there is no such file.</summary>
    public static MachineCpuRecord? Read()
    {
        const string File = "/proc/stat";
        return System.IO.File.Exists(File) ? Parse(System.IO.File.ReadLines(File).First()) : null;
    }

    /// <summary>cpu user nice system idle iowait irq softirq steal ...; guest time is part of user time.</summary>
    public static MachineCpuRecord? Parse(string line)
    {
        var seconds = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(ticks => long.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
        return seconds is not [var user, var nice, var system, var idle, var ioWait, var hard, var soft, var steal]
            ? null
            : new MachineCpuRecord
            {
                BusySeconds = user + nice + system + hard + soft,
                IdleSeconds = idle,
                IoWaitSeconds = ioWait,
                SoftirqSeconds = soft,
                StealSeconds = steal,
            };
    }

    public static MachineCpuRecord? Between(MachineCpuRecord? start, MachineCpuRecord? end) =>
        start is null || end is null ? null : Difference(start, end);

    private static MachineCpuRecord Difference(MachineCpuRecord start, MachineCpuRecord end) => new()
    {
        BusySeconds = Difference(start.BusySeconds, end.BusySeconds),
        IdleSeconds = Difference(start.IdleSeconds, end.IdleSeconds),
        IoWaitSeconds = Difference(start.IoWaitSeconds, end.IoWaitSeconds),
        SoftirqSeconds = Difference(start.SoftirqSeconds ?? 0, end.SoftirqSeconds ?? 0),
        StealSeconds = Difference(start.StealSeconds, end.StealSeconds),
    };

    /// <summary>Idle and iowait may run backwards by a little (proc(5)); ticks are all the precision there is.</summary>
    private static double Difference(double start, double end) => Math.Max(0, Math.Round(end - start, 2));
}
