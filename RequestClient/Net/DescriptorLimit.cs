using Linux;

namespace RequestClient.Net;

/// <summary>
/// Whether the connections fit into the files that this process may have open (RLIMIT_NOFILE, getrlimit(2)), said before
/// the run. The runtime has raised the soft limit to the hard one already, so only the hard one matters.
/// </summary>
internal static class DescriptorLimit
{
    /// <summary>For what is opened later: the record, the control socket, /proc.</summary>
    private const int Reserve = 16;

    /// <exception cref="RunFailedException">They don't.</exception>
    public static void Check(int connections)
    {
        if (Libc.GetResourceLimit(ResourceLimit.OpenFiles, out var limit) != 0) return;
        var open = Directory.GetFiles("/proc/self/fd").Length;
        if (Problem(connections, open, limit.Soft) is { } problem) throw new RunFailedException(problem);
    }

    /// <summary>Null when they fit.</summary>
    public static string? Problem(int connections, int open, ulong limit) => (ulong)(connections + open + Reserve) <= limit
        ? null
        : $"{connections} connections and {open} files do not fit into the {limit} that may be open: "
            + $"{Remedy(connections + open + Reserve)}, or lower --concurrency";

    public static string Remedy(int needed) => $"raise the limit with 'ulimit -n {Math.Max(needed, 1024)}'";
}
