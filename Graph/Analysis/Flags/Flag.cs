namespace Graph.Analysis.Flags;

/// <summary>A reason to doubt a cell, shown wherever the cell is shown.</summary>
internal enum FlagKind
{
    /// <summary>Operations failed; they count as time and not as throughput.</summary>
    Errors,

    /// <summary>Fewer runs than other cells, or fewer than an answer takes.</summary>
    TooFewRuns,

    /// <summary>Half of the runs or more began before their rate had settled.</summary>
    NotSteady,

    /// <summary>The client was at its own limit, too near to what it can do at all, or behind its own schedule.</summary>
    ClientBound,

    /// <summary>Client, proxy and workers did not count the same requests.</summary>
    BooksDontBalance,

    /// <summary>Other machines on the same host took a notable part of the processors.</summary>
    Stolen,

    /// <summary>Something else used the machine in half of the runs that count, or more.</summary>
    Disturbed,

    /// <summary>The rate was given (an open loop), so it says nothing of what the servers can do.</summary>
    GivenRate,

    /// <summary>The workers had a limit of CPU.</summary>
    Capped,

    /// <summary>The workers were at that limit.</summary>
    Throttled,

    /// <summary>They had a limit by the record, and used far more.</summary>
    CapNotInForce,
}

/// <param name="Kind">What is wrong.</param>
/// <param name="Text">The same for people, with the figures: "client-bound, its thread 97 % busy".</param>
internal sealed record Flag(FlagKind Kind, string Text)
{
    /// <summary>A word or two for tables.</summary>
    public string Name => NameOf(Kind);

    public static string NameOf(FlagKind kind) => kind switch
    {
        FlagKind.Errors => "errors",
        FlagKind.TooFewRuns => "too few runs",
        FlagKind.NotSteady => "not steady",
        FlagKind.ClientBound => "client-bound",
        FlagKind.BooksDontBalance => "books don't balance",
        FlagKind.Stolen => "CPU stolen",
        FlagKind.Disturbed => "disturbed",
        FlagKind.GivenRate => "given rate",
        FlagKind.Capped => "capped",
        FlagKind.Throttled => "throttled",
        FlagKind.CapNotInForce => "cap not in force",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such flag"),
    };
}
