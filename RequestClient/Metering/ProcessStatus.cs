using System.Text.Json;
using System.Text.Json.Serialization;
using StudyResults;

namespace RequestClient.Metering;

/// <summary>One process under the supervisor, with its whole tree; null means that nobody could tell.</summary>
internal sealed record ProcessStatus
{
    /// <summary>Of a worker, from 1; null for proxy and store.</summary>
    public int? Index { get; init; }

    /// <summary>Of the store: redis, postgresql, ...</summary>
    public string? Name { get; init; }

    /// <summary>Of the store: where it serves.</summary>
    public string? Url { get; init; }

    public int? Pid { get; init; }

    /// <summary>waiting, starting, ready, draining, ...</summary>
    public string? State { get; init; }

    /// <summary>Starts that followed an exit which nobody asked for.</summary>
    public int? Restarts { get; init; }

    public double? CpuSeconds { get; init; }

    public long? Requests { get; init; }

    /// <summary>In force, as the kernel says.</summary>
    public LimitsStatus? Limits { get; init; }

    /// <summary>Null without a cap.</summary>
    public ThrottlingRecord? Throttled { get; init; }

    /// <summary>The busiest threads of the tree, eight at most.</summary>
    public IReadOnlyList<ThreadStatus>? BusiestThreads { get; init; }

    public double? RunQueueWaitSeconds { get; init; }
}

/// <summary>What a process may use; null where it is not limited.</summary>
internal sealed record LimitsStatus
{
    public double? CpuCores { get; init; }

    /// <summary>Numbers of processors, or a text such as 0-1.</summary>
    public JsonElement? Cpus { get; init; }

    [JsonIgnore]
    public string? CpuSet => Processors.Of(Cpus);
}

/// <summary>One thread and what it has used since it began.</summary>
internal sealed record ThreadStatus(long Tid, double CpuSeconds);
