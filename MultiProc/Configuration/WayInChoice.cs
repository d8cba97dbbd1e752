namespace MultiProc.Configuration;

/// <summary>Which way in to the workers was asked for.</summary>
/// <param name="Name">As --way-in has it and /status says it.</param>
/// <param name="Proxy">What stands between clients and workers.</param>
internal sealed record WayInChoice(string Name, ProxyKind Proxy)
{
    /// <summary>The variable in which a configuration of HAProxy finds the name.</summary>
    public const string NameVariable = "BLOBS_WAY_IN";

    /// <summary>The one in which it finds where the workers' unix sockets are.</summary>
    public const string SocketsVariable = "BLOBS_SOCKETS";

    public static readonly WayInChoice None = new("none", ProxyKind.None);

    /// <summary>One worker on the port that clients know.</summary>
    public static readonly WayInChoice Direct = new("direct", ProxyKind.None);

    /// <summary>Workers that share that port by themselves; the kernel deals out connections.</summary>
    public static readonly WayInChoice SharedPort = new("reuseport", ProxyKind.None);

    public static readonly WayInChoice Haproxy = OfStudy("haproxy");

    /// <summary>All that can be asked for by name.</summary>
    public static readonly IReadOnlyList<WayInChoice> All =
    [
        None,
        Direct,
        SharedPort,
        Haproxy,
        OfStudy("haproxy-unix") with { ReachesSockets = true },
        OfStudy("haproxy-tcp") with { DealsOutConnections = true },
        OfStudy("haproxy-hash"),
        new("nginx", ProxyKind.Nginx) { File = Installed("proxies/nginx.conf") },
    ];

    /// <summary>The proxy's configuration; null without one.</summary>
    public string? File { get; init; }

    /// <summary>Whether it reaches workers on unix sockets and not on their ports.</summary>
    public bool ReachesSockets { get; init; }

    /// <summary>Whether a connection stays with the worker that it was given to.</summary>
    public bool DealsOutConnections { get; init; }

    public bool HasProxy => Proxy != ProxyKind.None;

    /// <summary>HAProxy with a configuration of somebody's own.</summary>
    public static WayInChoice OfHaproxy(string file) => Haproxy with { File = file, ReachesSockets = MentionsOnlySockets(file) };

    /// <summary>nginx with a configuration of somebody's own.</summary>
    public static WayInChoice OfNginx(string file) => new("nginx", ProxyKind.Nginx) { File = file };

    private static WayInChoice OfStudy(string name) => new(name, ProxyKind.Haproxy) { File = Installed("haproxy/study.cfg") };

    /// <summary>The configurations that were built or installed with this program.</summary>
    private static string Installed(string file) => Path.Combine(AppContext.BaseDirectory, file);

    /// <summary>The study's own configuration has its slots on sockets only where its variant says so.</summary>
    private static bool MentionsOnlySockets(string file) =>
        System.IO.File.Exists(file)
        && System.IO.File.ReadAllText(file) is var text
        && text.Contains(SocketsVariable, StringComparison.Ordinal)
        && !text.Contains(NameVariable, StringComparison.Ordinal);
}
