using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace MultiProc.Control;

/// <summary>One worker.</summary>
internal sealed record WorkerReport : ProcessReport
{
    public WorkerReport()
    {
    }

    [SetsRequiredMembers]
    public WorkerReport(ProcessReport process)
        : base(process)
    {
    }

    /// <summary>From 1.</summary>
    [JsonPropertyOrder(-1)]
    public required int Index { get; init; }

    /// <summary>Whether requests reach it.</summary>
    public required bool Serving { get; init; }
}
