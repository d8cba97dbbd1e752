using System.Text.Json.Serialization;

namespace RequestClient.Metering;

/// <summary>What GET /status on MultiProc's control socket says (contract 4), as far as a measurement needs it.</summary>
internal sealed record ControlStatus
{
    public required int Procs { get; init; }

    public required IReadOnlyList<ProcessStatus> Workers { get; init; }

    public ProcessStatus? Haproxy { get; init; }

    public ProcessStatus? Nginx { get; init; }

    /// <summary>Null when the supervisor runs no proxy.</summary>
    [JsonIgnore]
    public ProcessStatus? Proxy => Haproxy ?? Nginx;
}

/// <summary>One process under the supervisor; null means that nobody could tell.</summary>
internal sealed record ProcessStatus
{
    /// <summary>From 1; null for the proxy.</summary>
    public int? Index { get; init; }

    public int? Pid { get; init; }

    public double? CpuSeconds { get; init; }

    public long? Requests { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ControlStatus))]
internal sealed partial class ControlStatusJson : JsonSerializerContext;
