namespace MultiProc.Control;

/// <summary>The answer to GET /status. Scripts and RequestClient read it: names and units are a contract.</summary>
internal sealed record StatusReport
{
    /// <summary>The supervisor's pid.</summary>
    public required int Pid { get; init; }

    /// <summary>Workers asked for.</summary>
    public required int Procs { get; init; }

    /// <summary>starting, ready, degraded or stopping.</summary>
    public required string State { get; init; }

    /// <summary>Those that are leaving included.</summary>
    public required IReadOnlyList<WorkerReport> Workers { get; init; }

    /// <summary>Null when workers run without one.</summary>
    public required ProcessReport? Haproxy { get; init; }

    /// <summary>Null unless it is the way in.</summary>
    public ProcessReport? Nginx { get; init; }

    /// <summary>How requests come to the workers: none, direct, reuseport, haproxy, haproxy-unix, ... or nginx.</summary>
    public required string WayIn { get; init; }

    /// <summary>The workers that requests reach, by index.</summary>
    public required IReadOnlyList<int> Serving { get; init; }

    /// <summary>Names and versions of what stands between clients and workers; empty when nothing does.</summary>
    public required IReadOnlyList<string> Software { get; init; }

    /// <summary>The workers' command, with its placeholders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>What the workers share; null without one.</summary>
    public StoreReport? Store { get; init; }

    /// <summary>What workers were given in their environment: what the runtime was told to assume, and --env.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What each worker is to be held to; what the kernel holds it to stands with each.</summary>
    public required LimitsReport Limits { get; init; }
}

/// <summary>What each worker is to be held to; null where it is not to be limited.</summary>
internal sealed record LimitsReport(double? CpuCores, int? MemoryMiB, IReadOnlyList<int>? Cpus);
