namespace StudyPlan.Variables;

/// <summary>How requests come to the workers: proxies/README.md tells what each is.</summary>
internal static class WaysIn
{
    /// <summary>One worker and nothing before it.</summary>
    public const string Direct = "direct";

    /// <summary>Workers that share one port; the kernel deals out connections.</summary>
    public const string SharedPort = "reuseport";

    public const string Standard = "haproxy";

    private const string Sockets = "haproxy-unix";

    public static IReadOnlyList<string> All { get; } =
        [Direct, SharedPort, Standard, Sockets, "haproxy-tcp", "haproxy-hash", "nginx"];

    /// <summary>Whether it can lead to so many workers.</summary>
    public static bool LeadsTo(string wayIn, int procs) => wayIn != Direct || procs == 1;

    /// <summary>Whether a program stands between clients and workers.</summary>
    public static bool HasProxy(string wayIn) => wayIn is not (Direct or SharedPort);

    /// <summary>Whether it can be told, while it runs, to which workers of a pool it leads.</summary>
    public static bool CanSwitch(string wayIn) => wayIn.StartsWith(Standard, StringComparison.Ordinal);

    /// <summary>What our own server must be told, so that it listens where this way in looks for it; empty: nothing.</summary>
    public static string Words(string wayIn) => wayIn switch
    {
        SharedPort => " --shared-port {front}",
        Sockets => " --unix {socket}",
        _ => "",
    };
}
