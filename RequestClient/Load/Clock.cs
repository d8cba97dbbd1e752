using System.Diagnostics;

namespace RequestClient.Load;

/// <summary>
/// The monotonic clock in nanoseconds. The load loop reads it several times a request, so it calls the system's clock
/// right away and not through a TimeProvider.
/// </summary>
internal static class Clock
{
    public static long NowNanoseconds => Stopwatch.Frequency == 1_000_000_000
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
}
