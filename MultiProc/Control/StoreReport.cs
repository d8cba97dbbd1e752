using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace MultiProc.Control;

/// <summary>The store that the workers share.</summary>
internal sealed record StoreReport : ProcessReport
{
    [JsonConstructor]
    public StoreReport()
    {
    }

    [SetsRequiredMembers]
    public StoreReport(ProcessReport process, string name)
        : base(process) => Name = name;

    /// <summary>Its command's name: redis, postgresql, ...</summary>
    [JsonPropertyOrder(-1)]
    public required string Name { get; init; }

    /// <summary>What it said that clients are to use; null until it has.</summary>
    public required string? Url { get; init; }
}
