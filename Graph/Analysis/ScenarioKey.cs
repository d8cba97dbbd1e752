using System.Globalization;
using Graph.Charts;

namespace Graph.Analysis;

/// <summary>What must be equal before two runs may be compared. Null is what the input does not say.</summary>
internal sealed record ScenarioKey(long Amount, int SizeKiB, Conditions Conditions)
{
    /// <summary>For people: "20000 operations, 10 KiB blobs, concurrency 10".</summary>
    public string Describe()
    {
        var operations = Amount == 1 ? "1 operation" : string.Create(CultureInfo.InvariantCulture, $"{Amount} operations");
        return string.Join(", ", [operations, $"{SizeKiB.ToString(CultureInfo.InvariantCulture)} KiB blobs", .. Conditions.Describe()]);
    }

    /// <summary>For file names: 20000x10.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Amount}x{SizeKiB}");
}

/// <summary>What runs were made under, besides what they did.</summary>
internal sealed record Conditions
{
    public int? Concurrency { get; init; }

    public string? Proxy { get; init; }

    public string? Store { get; init; }

    public string? Durability { get; init; }

    /// <summary>Cores that each worker may use; null when not limited, or when the input says nothing at all.</summary>
    public double? CpuLimit { get; init; }

    public IEnumerable<string> Describe()
    {
        if (Concurrency is { } concurrency) yield return $"concurrency {concurrency.ToString(CultureInfo.InvariantCulture)}";
        if (Proxy is { } proxy) yield return proxy;
        if (Store is { } store) yield return store;
        if (Durability is { } durability) yield return $"durability {durability}";
        if (CpuLimit is { } cores) yield return $"each process capped at {Scale.Number(cores)} {(cores == 1 ? "core" : "cores")}";
        else if (Concurrency is not null) yield return "CPU not capped";
    }
}
