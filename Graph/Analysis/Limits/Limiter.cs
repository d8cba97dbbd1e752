namespace Graph.Analysis.Limits;

/// <summary>What keeps a cell from being faster.</summary>
internal enum LimiterKind
{
    /// <summary>The load client: the figures say more about it than about the servers.</summary>
    Client,

    Proxy,

    /// <summary>The workers: their cap, or the one thread that each of them works with.</summary>
    Workers,

    /// <summary>The store that the workers share.</summary>
    Store,

    /// <summary>All processors together.</summary>
    Machine,

    Disk,

    /// <summary>The rate that was given: it was kept, and nobody is near a limit.</summary>
    Rate,

    /// <summary>Something sleeps: nobody is near a limit, and every connection waits for its reply.</summary>
    Latency,

    /// <summary>Not measured, or not explained by what was.</summary>
    Unknown,
}

/// <summary>How near to the limit it is.</summary>
internal enum Fullness
{
    /// <summary>From 95 % on.</summary>
    Full,

    /// <summary>From 85 to 95 %: most likely it, but there was room left.</summary>
    Nearly,

    /// <summary>There is no such limit.</summary>
    None,
}

/// <param name="Kind">Who it is.</param>
/// <param name="Fullness">How near to its limit.</param>
/// <param name="Evidence">What shows it, the figure that decided first; for latency and the unexplained what was looked
/// at.</param>
internal sealed record Limiter(LimiterKind Kind, Fullness Fullness, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>How much of its limit it used, 1 for all of it; null where there is nothing to be busy.</summary>
    public double? BusyRatio => Fullness == Fullness.None ? null : Evidence[0].Ratio;
}
