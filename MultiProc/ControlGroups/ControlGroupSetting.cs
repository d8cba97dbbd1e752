using System.Globalization;

namespace MultiProc.ControlGroups;

/// <summary>A value that goes into a file of a control group.</summary>
internal sealed record ControlGroupSetting(string File, string Value)
{
    /// <summary>
    /// The kernel's default period is 100 ms: a tenth of a core would run 10 ms and then sleep 90, and so would every
    /// request that waits for it.
    /// </summary>
    private const int PeriodMicroseconds = 10_000;

    /// <summary>The kernel refuses less (sched-bwc.rst).</summary>
    private const int LeastQuotaMicroseconds = 1_000;

    /// <summary>Lets a group use so many cores; null takes the limit away. In the order in which they must be written.</summary>
    public static IReadOnlyList<ControlGroupSetting> Cpu(int version, double? cores)
    {
        var period = PeriodMicroseconds;
        if (cores is { } few && few * period < LeastQuotaMicroseconds) period = (int)Math.Ceiling(LeastQuotaMicroseconds / few);
        var periodText = period.ToString(CultureInfo.InvariantCulture);
        var quotaText = cores is { } some ? Math.Round(some * period).ToString(CultureInfo.InvariantCulture) : null;
        return version == 1
            ? [new("cpu.cfs_period_us", periodText), new("cpu.cfs_quota_us", quotaText ?? "-1")]
            : [new("cpu.max", $"{quotaText ?? "max"} {periodText}")];
    }

    /// <summary>The cores that a group may use, read back; null when it is not limited.</summary>
    /// <param name="version">1 or 2.</param>
    /// <param name="read">What a file of the group holds.</param>
    public static double? ReadCpu(int version, Func<string, string> read)
    {
        var (quota, period) = version == 1
            ? (read("cpu.cfs_quota_us"), read("cpu.cfs_period_us"))
            : (read("cpu.max").Split(' ')[0], read("cpu.max").Split(' ')[^1]);
        return quota is "-1" or "max"
            ? null
            : Math.Round(
                double.Parse(quota, CultureInfo.InvariantCulture) / double.Parse(period, CultureInfo.InvariantCulture), 4);
    }

    /// <summary>The memory that a group may use, read back; null when it is not limited.</summary>
    /// <param name="version">1 or 2.</param>
    /// <param name="read">What a file of the group holds.</param>
    public static int? ReadMemory(int version, Func<string, string> read)
    {
        // Version 1 has no word for "no limit" but the largest multiple of a page.
        var text = read(version == 1 ? "memory.limit_in_bytes" : "memory.max");
        return long.TryParse(text, CultureInfo.InvariantCulture, out var bytes) && bytes < long.MaxValue / 2
            ? (int)(bytes / (1024 * 1024))
            : null;
    }

    /// <summary>Lets a group use so much memory; beyond it the kernel kills a member.</summary>
    public static ControlGroupSetting Memory(int version, int mebibytes)
    {
        var bytes = (mebibytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture);
        return new ControlGroupSetting(version == 1 ? "memory.limit_in_bytes" : "memory.max", bytes);
    }
}
