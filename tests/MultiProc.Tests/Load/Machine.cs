using System.Globalization;

namespace MultiProc.Tests.Load;

/// <summary>Whether times that are measured here say anything: others who use the processors make all of them longer.</summary>
internal static class Machine
{
    private const double QuietIdleShare = 0.8;

    /// <summary>
    /// Looks for a second, in the soak, which alone wants to know; asked before a test starts anything of its own.
    /// </summary>
    public static async Task<bool> IsQuietAsync()
    {
        if (!Soak.IsEnabled) return false;
        var (idleBefore, allBefore) = ReadTicks();
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var (idle, all) = ReadTicks();
        return idle - idleBefore >= QuietIdleShare * (all - allBefore);
    }

    /// <summary>
    /// Asserts that a time is within its bound: in the soak, where programs run one by one, and on a quiet machine. A second in
    /// which nobody else ran says nothing of the next ones beside another program's tests.
    /// </summary>
    public static void AssertAtMost(double most, double figure, bool isQuiet)
    {
        if (isQuiet) Assert.InRange(figure, 0, most);
        else Soak.Print($"  not held against {most}: others used this machine");
    }

    /// <summary>proc_stat(5): user nice system idle iowait ...</summary>
    private static (long Idle, long All) ReadTicks()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return (ticks[3] + ticks[4], ticks.Sum());
    }
}
