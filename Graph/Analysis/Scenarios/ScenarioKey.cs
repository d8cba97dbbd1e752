using System.Text.Json.Serialization;
using Graph.Spelling;

namespace Graph.Analysis.Scenarios;

/// <summary>What must be equal before two runs may be compared. Null is what the input does not say.</summary>
internal sealed record ScenarioKey(long Amount, int SizeKiB, Conditions Conditions)
{
    /// <summary>For people: "20000 operations, 10 KiB blobs, concurrency 10".</summary>
    public string Describe() => string.Join(", ", [Work, .. Conditions.Describe()]);

    /// <summary>What a run did, without what it ran under.</summary>
    public string Work =>
        (Conditions.Objective is { } objective ? $"the highest rate with {Words.Objective(objective)}" : Length) + Bodies;

    /// <summary>For file names: 20000x10, or 30sx10 where a duration ended the runs.</summary>
    public string FileName => Conditions.Objective is { } objective
        ? $"{objective.Replace('=', '-')}x{Words.Whole(SizeKiB)}"
        : $"{(Amount > 0 ? Words.Whole(Amount) : $"{Seconds}s")}x{Words.Whole(SizeKiB)}";

    // What a service of ours is sent stands in its actions; another server's actions may have bodies of this size.
    private string Bodies => Conditions.Store switch
    {
        { } command when command.Contains('{', StringComparison.Ordinal) => $", bodies of {Words.Whole(SizeKiB)} KiB",
        { } service when !service.StartsWith("BlobsServer", StringComparison.Ordinal) => "",
        _ => $", {Words.Whole(SizeKiB)} KiB blobs",
    };

    private string Length => (Amount, Conditions.DurationSeconds) switch
    {
        ( > 0, null) => Words.Count(Amount, "operation"),
        ( > 0, _) => $"at most {Words.Count(Amount, "operation")} in {Seconds} s",
        _ => $"runs of {Seconds} s",
    };

    private string Seconds => Words.Number(Conditions.DurationSeconds ?? 0);
}

/// <summary>What runs were made under, besides what they did.</summary>
internal sealed record Conditions
{
    public int? Concurrency { get; init; }

    public string? Proxy { get; init; }

    public string? Store { get; init; }

    /// <summary>The store that the workers share, for instance redis; null when there is none.</summary>
    public string? StoreEngine { get; init; }

    public string? Durability { get; init; }

    /// <summary>What ended the runs; null when their amount did.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Operations that were due each second; null for a closed loop, where each waits for the one before.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>What the highest rate was searched for, as in p99=20ms; null when none was.</summary>
    public string? Objective { get; init; }

    /// <summary>Cores that each worker may use; null when not limited, or when the input says nothing at all.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>Cores that the proxy may use; null when not limited.</summary>
    public double? ProxyCpuLimit { get; init; }

    /// <summary>Cores that the store may use; null when not limited.</summary>
    public double? StoreCpuLimit { get; init; }

    /// <summary>The processors that each component was kept to; null when none was.</summary>
    public string? CpuSet { get; init; }

    /// <summary>"AMD EPYC, 2 processors": figures of different machines are never one cell.</summary>
    public string? Machine { get; init; }

    /// <summary>A results.txt says nothing of all this; a record always knows its concurrency.</summary>
    [JsonIgnore]
    public bool AreKnown => Concurrency is not null;

    public IEnumerable<string> Describe()
    {
        if (Concurrency is { } concurrency) yield return $"concurrency {Words.Whole(concurrency)}";
        if (RatePerSecond is { } rate) yield return $"open loop of {Words.Measured(rate)} operations/s";
        if (Proxy is { } proxy) yield return proxy;
        if (Store is { } store) yield return store;
        if (StoreEngine is { } engine) yield return engine;
        if (Durability is { } durability) yield return $"durability {durability}";
        if (CpuLimit is { } cores) yield return $"each process capped at {Words.Number(cores)} {(cores == 1 ? "core" : "cores")}";
        else if (AreKnown) yield return "CPU not capped";
        if (ProxyCpuLimit is { } proxyCores)
            yield return $"proxy capped at {Words.Number(proxyCores)} {(proxyCores == 1 ? "core" : "cores")}";
        if (StoreCpuLimit is { } storeCores)
            yield return $"store capped at {Words.Number(storeCores)} {(storeCores == 1 ? "core" : "cores")}";
        if (CpuSet is { } set) yield return $"processors: {set}";
        if (Machine is { } machine) yield return machine;
    }
}
