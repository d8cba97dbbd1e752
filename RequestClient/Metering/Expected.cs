namespace RequestClient.Metering;

/// <summary>
/// What a run wants the supervisor to have been running, and whether it was, at both edges of the window. What was not asked
/// for, and what an older supervisor does not say, is not compared.
/// </summary>
internal sealed record Expected
{
    private const string Ready = "ready";

    /// <summary>The greatest difference that is only the kernel's rounding.</summary>
    private const double CpuTolerance = 0.01;

    /// <summary>Workers that serve.</summary>
    public int? Procs { get; init; }

    public string? WayIn { get; init; }

    /// <summary>Its name; "" when there must be none, null when any will do.</summary>
    public string? Store { get; init; }

    public double? CpuLimit { get; init; }

    public double? ProxyCpuLimit { get; init; }

    public double? StoreCpuLimit { get; init; }

    /// <summary>What was otherwise than asked for, a sentence each; empty when nothing was.</summary>
    public IReadOnlyList<string> Mismatches(ControlStatus? start, ControlStatus? end)
    {
        if (start is null || end is null) return [];
        // Both edges usually say the same: each thing once.
        var problems = new List<string>([.. At(start), .. At(end)]);
        var served = start.ServingOrAll.ToHashSet();
        if (!served.SetEquals(end.ServingOrAll)) problems.Add("other workers served at the end than at the beginning");
        foreach (var worker in start.Workers.Where(worker => served.Contains(worker.Index ?? 0)))
        {
            problems.AddRange(
                Changed($"worker {worker.Index}", worker, end.Workers.FirstOrDefault(later => later.Index == worker.Index)));
        }

        if (start.Proxy is { } proxy) problems.AddRange(Changed("the proxy", proxy, end.Proxy));
        if (start.Store is { } store) problems.AddRange(Changed("the store", store, end.Store));
        problems.AddRange(Strays(start, end, served));
        return [.. problems.Distinct()];
    }

    private IEnumerable<string> At(ControlStatus status)
    {
        var serving = status.ServingOrAll;
        if (Procs is { } procs && serving.Count != procs) yield return $"{serving.Count} workers served, asked for {procs}";
        if (WayIn is { } wanted && status.WayIn is { } wayIn && !IsSameWay(wanted, wayIn))
            yield return $"the way in was {wayIn}, asked for {wanted}";
        if (Store is { } name && (status.Store is null ? "" : status.Store.Name ?? name) is var found && found != name)
            yield return $"the store was {(found.Length > 0 ? found : "none")}, asked for {(name.Length > 0 ? name : "none")}";
        foreach (var worker in status.Workers.Where(worker => serving.Contains(worker.Index ?? 0)))
        {
            if (NotReady($"worker {worker.Index}", worker) is { } problem) yield return problem;
            if (OtherLimit($"worker {worker.Index}", worker, CpuLimit) is { } limit) yield return limit;
        }

        if (status.Proxy is { } proxy)
        {
            if (NotReady("the proxy", proxy) is { } problem) yield return problem;
            if (OtherLimit("the proxy", proxy, ProxyCpuLimit) is { } limit) yield return limit;
        }

        if (status.Store is { } store)
        {
            if (NotReady("the store", store) is { } problem) yield return problem;
            if (OtherLimit("the store", store, StoreCpuLimit) is { } limit) yield return limit;
        }
    }

    /// <summary>A pool of which nobody is chosen has no way in of its own: two names for it.</summary>
    private static bool IsSameWay(string one, string other)
    {
        static string Plain(string name) => name == "none" ? "direct" : name;
        return Plain(one) == Plain(other);
    }

    private static string? NotReady(string who, ProcessStatus process) =>
        process.State is null or Ready ? null : $"{who} was {process.State}";

    private static string? OtherLimit(string who, ProcessStatus process, double? wanted) =>
        wanted is { } cores && process.Limits is { } limits
            && !(Math.Abs((limits.CpuCores ?? double.MaxValue) - cores) <= CpuTolerance * cores)
            ? FormattableString.Invariant(
                $"{who} might use {(limits.CpuCores is { } had ? $"{had:0.###}" : "any number of")} cores, asked for {cores:0.###}")
            : null;

    private static IEnumerable<string> Changed(string who, ProcessStatus start, ProcessStatus? end)
    {
        if (end is null) yield return $"{who} was gone at the end";
        else if (start.Restarts != end.Restarts || start.Pid != end.Pid) yield return $"{who} was started again";
    }

    /// <summary>Requests that reached workers which did not serve.</summary>
    private static IEnumerable<string> Strays(ControlStatus start, ControlStatus end, HashSet<int> served) =>
        from worker in end.Workers
        where !served.Contains(worker.Index ?? 0)
        let requests = worker.Requests - start.Workers.FirstOrDefault(earlier => earlier.Index == worker.Index)?.Requests
        where requests > 0
        select $"worker {worker.Index} did not serve and got {requests} requests";
}
