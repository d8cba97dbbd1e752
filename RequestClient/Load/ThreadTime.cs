using System.Globalization;

namespace RequestClient.Load;

/// <summary>What the kernel's scheduler says of the calling thread: time on a processor, and time ready without one.</summary>
internal readonly record struct ThreadTime(TimeSpan Cpu, TimeSpan RunQueueWait)
{
    /// <summary>Null where the kernel keeps no such figures (/proc/thread-self/schedstat, proc(5)).</summary>
    public static ThreadTime? Read()
    {
        try
        {
            var words = File.ReadAllText("/proc/thread-self/schedstat").Split(' ');
            return words.Length >= 2
                ? new ThreadTime(Nanoseconds(words[0]), Nanoseconds(words[1]))
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public static ThreadTime? Between(ThreadTime? start, ThreadTime? end) => start is { } from && end is { } to
        ? new ThreadTime(to.Cpu - from.Cpu, to.RunQueueWait - from.RunQueueWait)
        : null;

    private static TimeSpan Nanoseconds(string text) =>
        TimeSpan.FromMicroseconds(long.Parse(text, CultureInfo.InvariantCulture) / 1e3);
}
