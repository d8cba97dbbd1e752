namespace Graph.Analysis.Limits;

/// <summary>Whoever can be at its limit.</summary>
internal enum Component
{
    /// <summary>The load client: the figures then say more about it than about the servers.</summary>
    Client,

    Proxy,

    /// <summary>The workers, by the busiest of them.</summary>
    Workers,

    /// <summary>The store that the workers share.</summary>
    Store,

    /// <summary>All processors together.</summary>
    Machine,

    Disk,
}
