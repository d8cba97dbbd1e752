using System.Globalization;
using MultiProc.Processes;

namespace MultiProc.Metering;

/// <summary>What the threads of some processes have used, and how long they waited for a processor.</summary>
/// <param name="Busiest">At most <see cref="Most"/>, the busiest first.</param>
/// <param name="RunQueueWait">All threads together: ready to run, and not running.</param>
internal sealed record ThreadUsage(IReadOnlyList<ThreadCpu> Busiest, TimeSpan RunQueueWait)
{
    public const int Most = 8;

    /// <summary>Asks the kernel (schedstat: nanoseconds run, nanoseconds waited, turns).</summary>
    public static ThreadUsage Of(IEnumerable<int> pids)
    {
        var threads = new List<ThreadCpu>();
        var waited = 0L;
        foreach (var (tid, text) in pids.SelectMany(ProcFile.ThreadSchedules))
        {
            var fields = text.Split(' ');
            threads.Add(new ThreadCpu(tid, TimeSpan.FromTicks(Parse(fields[0]) / TimeSpan.NanosecondsPerTick)));
            waited += Parse(fields[1]);
        }

        return new ThreadUsage(
            [.. threads.OrderByDescending(thread => thread.Cpu).Take(Most)],
            TimeSpan.FromTicks(waited / TimeSpan.NanosecondsPerTick));
    }

    private static long Parse(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
}

/// <summary>One thread: its number and its user and system time.</summary>
internal sealed record ThreadCpu(int Tid, TimeSpan Cpu);
