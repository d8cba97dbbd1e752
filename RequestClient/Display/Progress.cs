using RequestClient.Runs;

namespace RequestClient.Display;

/// <summary>How far a phase is.</summary>
internal sealed record Progress
{
    public required bool IsWarmup { get; init; }

    /// <summary>0 to 1: of the operations or of the time, whichever is further.</summary>
    public required double Share { get; init; }

    public required double RatePerSecond { get; init; }

    /// <summary>Of the last step; from due in an open loop.</summary>
    public required double P99Microseconds { get; init; }

    public required long Errors { get; init; }

    /// <summary>Null as long as nobody can tell.</summary>
    public required TimeSpan? Left { get; init; }

    /// <summary>Looks at the loop's counters, which its thread goes on writing meanwhile.</summary>
    public static Progress Of(Measurement measurement)
    {
        var live = measurement.Live;
        var phase = measurement.Phase;
        var elapsed = TimeProvider.System.GetUtcNow() - live.StartedAt;
        var ofOperations = (live.Operations + live.Errors) / (double)(phase?.MaxOperations ?? long.MaxValue);
        var ofTime = phase?.Duration is { } duration ? elapsed / duration : 0;
        var share = Math.Clamp(Math.Max(ofOperations, ofTime), 0, 1);
        return new Progress
        {
            IsWarmup = phase?.EndsWhenSettled == true,
            Share = share,
            RatePerSecond = live.Operations / Math.Max(1e-3, elapsed.TotalSeconds),
            P99Microseconds = live.LastStep().ValueAtPercentile(99) / 1e3,
            Errors = live.Errors,
            Left = share > 0.001 ? elapsed * ((1 - share) / share) : null,
        };
    }
}
