using Graph.Analysis.Scaling;

namespace Graph.Report.Verdicts;

/// <summary>How throughput follows the number of processes, for scripts.</summary>
internal sealed record ScalingVerdict
{
    /// <summary>Null for the law over all actions, whose rates are in units of that of the fewest processes.</summary>
    public string? Action { get; init; }

    /// <summary>linear, plateau, Amdahl or USL.</summary>
    public required string Law { get; init; }

    /// <summary>How often resampled blocks choose the same law.</summary>
    public double? ChosenRatio { get; init; }

    /// <summary>Whether the law misses the measured rates by more than noise explains; null where that can't be tested.</summary>
    public bool? LacksFit { get; init; }

    public double? LackOfFitProbability { get; init; }

    public required IReadOnlyList<ScalingNumber> Numbers { get; init; }

    /// <summary>Processes with the highest throughput; null where the data don't say.</summary>
    public ScalingNumber? Peak { get; init; }

    public static ScalingVerdict Of(string? action, ScalingFit fit) => new()
    {
        Action = action,
        Law = fit.Curve.Name,
        ChosenRatio = fit.ChosenRatio,
        LacksFit = fit.LackOfFit?.IsNotable,
        LackOfFitProbability = fit.LackOfFit?.Probability,
        Numbers = [.. fit.Estimates.Select(ScalingNumber.Of)],
        Peak = fit.Peak is { } peak ? ScalingNumber.Of(peak) : null,
    };
}

/// <summary>A law's number; an end of its interval is null where it is but the end of what the law allows.</summary>
internal sealed record ScalingNumber(string Name, double? Value, double? Low, double? High)
{
    public static ScalingNumber Of(Estimate estimate) => new(
        estimate.Name, double.IsFinite(estimate.Value) ? estimate.Value : null,
        estimate.LowIsBound ? null : estimate.Low, estimate.HighIsBound ? null : estimate.High);
}
