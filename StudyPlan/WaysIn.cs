namespace StudyPlan;

/// <summary>How requests come to the workers: proxies/README.md tells what each is.</summary>
internal static class WaysIn
{
    /// <summary>One worker and nothing before it.</summary>
    public const string Direct = "direct";

    public const string Standard = "haproxy";

    public static IReadOnlyList<string> All { get; } =
        [Direct, "reuseport", Standard, "haproxy-unix", "haproxy-tcp", "haproxy-hash", "nginx"];

    /// <summary>Whether it can lead to so many workers.</summary>
    public static bool LeadsTo(string wayIn, int procs) => wayIn != Direct || procs == 1;
}
