using Graph.Analysis.Scenarios;
using Graph.Spelling;

namespace Graph.Analysis.Comparing;

/// <summary>What two studies must have in common before their rates may be divided, and what they may differ in.</summary>
internal static class Comparable
{
    /// <summary>Why the two can't be compared; null when they can. What one of them does not say is no obstacle.</summary>
    public static string? Obstacle(ScenarioKey key, ScenarioKey baseline)
    {
        var obstacles = Obstacles(key, baseline).ToList();
        return obstacles.Count == 0 ? null : string.Join(", ", obstacles);
    }

    /// <summary>
    /// Of several that could serve, those that differ in the least: a study of three proxies is compared proxy by proxy, and not
    /// each with each.
    /// </summary>
    public static IEnumerable<Scenario> Nearest(Scenario scenario, IReadOnlyList<Scenario> fitting)
    {
        var differences = fitting.Select(
            other => (Other: other, Count: Differences(scenario.Key.Conditions, other.Key.Conditions).Count()))
            .ToList();
        return differences.Where(pair => pair.Count == differences.Min(other => other.Count)).Select(pair => pair.Other);
    }

    private static IEnumerable<string> Obstacles(ScenarioKey key, ScenarioKey baseline)
    {
        var (one, other) = (key.Conditions, baseline.Conditions);
        if (key.SizeKiB != baseline.SizeKiB) yield return $"blobs of {key.SizeKiB} KiB against {baseline.SizeKiB} KiB";
        if (key.Amount != baseline.Amount)
            yield return $"runs of {Words.Count(key.Amount, "operation")} against {Words.Whole(baseline.Amount)}";
        if (!one.AreKnown || !other.AreKnown) yield break;
        if (one.Concurrency != other.Concurrency) yield return $"concurrency {one.Concurrency} against {other.Concurrency}";
        if (one.DurationSeconds != other.DurationSeconds || one.RatePerSecond != other.RatePerSecond)
            yield return "runs that were not limited the same way";
        if (one.Objective != other.Objective)
            yield return $"{WhatWasSought(one)} against {WhatWasSought(other)}";
        if (one.CpuLimit != other.CpuLimit) yield return $"{Cap(one)} against {Cap(other)}";
        if (one.ProxyCpuLimit != other.ProxyCpuLimit || one.StoreCpuLimit != other.StoreCpuLimit)
            yield return "proxy or store that were not capped the same way";
        if (one.Durability != other.Durability)
            yield return $"durability {one.Durability ?? "unknown"} against {other.Durability ?? "unknown"}";
    }

    public static IEnumerable<string> Differences(Conditions one, Conditions other)
    {
        if (!one.AreKnown || !other.AreKnown) yield return "one of the two does not say what it ran under";
        if (one.Machine != other.Machine) yield return $"machine {one.Machine ?? "unknown"}, was {other.Machine ?? "unknown"}";
        if (one.Proxy != other.Proxy) yield return $"proxy {one.Proxy ?? "none"}, was {other.Proxy ?? "none"}";
        if (one.StoreEngine != other.StoreEngine)
            yield return $"store {one.StoreEngine ?? "none"}, was {other.StoreEngine ?? "none"}";
        if (one.CpuSet != other.CpuSet) yield return $"processors {one.CpuSet ?? "any"}, was {other.CpuSet ?? "any"}";
        if (one.Store != other.Store) yield return $"server {one.Store ?? "unknown"}, was {other.Store ?? "unknown"}";
    }

    private static string WhatWasSought(Conditions conditions) =>
        conditions.Objective is { } objective ? $"the highest rate with {objective}" : "throughput";

    private static string Cap(Conditions conditions) =>
        conditions.CpuLimit is { } cores ? $"capped at {Words.Number(cores)} cores a process" : "not capped";
}
