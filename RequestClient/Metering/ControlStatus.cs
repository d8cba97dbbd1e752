using System.Text.Json;
using System.Text.Json.Serialization;

namespace RequestClient.Metering;

/// <summary>
/// What GET /status on MultiProc's control socket says (contract 4), as far as a measurement needs it. What an older
/// supervisor does not say is null.
/// </summary>
internal sealed record ControlStatus
{
    public required int Procs { get; init; }

    /// <summary>The whole pool, those that don't serve now included.</summary>
    public required IReadOnlyList<ProcessStatus> Workers { get; init; }

    public ProcessStatus? Haproxy { get; init; }

    public ProcessStatus? Nginx { get; init; }

    /// <summary>The store that the workers share; null without one.</summary>
    public ProcessStatus? Store { get; init; }

    /// <summary>haproxy, nginx, reuseport, direct, ...</summary>
    public string? WayIn { get; init; }

    /// <summary>Indices of the workers that the way in sends to.</summary>
    public IReadOnlyList<int>? Serving { get; init; }

    /// <summary>The programs that run and their versions.</summary>
    public IReadOnlyList<string>? Software { get; init; }

    /// <summary>The worker's command: one text, or a list of words.</summary>
    public JsonElement? Command { get; init; }

    /// <summary>Null when the supervisor runs no proxy.</summary>
    [JsonIgnore]
    public ProcessStatus? Proxy => Haproxy ?? Nginx;

    /// <summary>The workers that serve: all of the pool where nothing else is said.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> ServingOrAll => Serving ?? [.. Workers.Select(worker => worker.Index ?? 0).Order()];

    [JsonIgnore]
    public string? CommandLine => Json.Words(Command);
}
