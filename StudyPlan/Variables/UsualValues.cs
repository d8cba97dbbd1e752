namespace StudyPlan.Variables;

/// <summary>
/// Values that follow from other variables where nobody gave any: run-test.sh's own defaults know nothing of each other.
/// </summary>
internal static class UsualValues
{
    /// <summary>
    /// A trace is replayed as often as RUNS says, by so many connections that none is waited for at a usual latency.
    /// </summary>
    private static readonly Dictionary<string, string> OfTraces =
        new() { ["BUDGET"] = "0", ["CONTROL"] = "no", ["CONCURRENCY"] = "100" };

    /// <summary>The environment with them.</summary>
    /// <param name="environment">Run-test.sh's.</param>
    /// <param name="given">The names of the variables that were set from outside of it.</param>
    public static Func<string, string?> Around(Func<string, string?> environment, IReadOnlyCollection<string> given)
    {
        var isTraced = environment("TRACE") is { Length: > 0 };
        return name => name switch
        {
            _ when isTraced && OfTraces.TryGetValue(name, out var usual) && !given.Contains(name) => usual,
            "STORE" when environment(name) is null or "" => Service.Find(environment("SERVICE") ?? "").Service?.OnlyStore,
            _ => environment(name),
        };
    }
}
