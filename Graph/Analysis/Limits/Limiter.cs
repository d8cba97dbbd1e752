namespace Graph.Analysis.Limits;

/// <summary>What keeps a cell from being faster.</summary>
internal enum LimiterKind
{
    /// <summary>The load client: the figures say more about it than about the servers.</summary>
    Client,

    Proxy,

    /// <summary>The workers, each at the limit of CPU that it was given.</summary>
    Workers,

    /// <summary>All processors together.</summary>
    Machine,

    /// <summary>Nobody is busy: each connection waits for its own reply.</summary>
    Latency,

    /// <summary>Not measured, or not explained by what was.</summary>
    Unknown,
}

/// <param name="Kind">Who it is.</param>
/// <param name="BusyRatio">How much of its limit it used, 1 for all of it; null where there is nothing to be busy.</param>
/// <param name="Text">For people: "machine, 2 processors 98 % busy".</param>
internal sealed record Limiter(LimiterKind Kind, double? BusyRatio, string Text)
{
    /// <summary>For tables: "machine 98 %".</summary>
    public string ShortText => Kind switch
    {
        LimiterKind.Unknown => "not explained",
        LimiterKind.Latency => "latency",
        _ => $"{Kind.ToString().ToLowerInvariant()} {Words.Percent(BusyRatio ?? 0)}",
    };
}
