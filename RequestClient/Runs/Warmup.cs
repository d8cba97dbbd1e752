using RequestClient.Load;
using StudyResults;

namespace RequestClient.Runs;

/// <summary>The load that came before a window.</summary>
/// <param name="Limit">How long it might last.</param>
/// <param name="Load">What it did.</param>
/// <param name="Errors">What failed right before the window: in it, or in the short load that settled the connections.</param>
internal sealed record Warmup(TimeSpan Limit, PhaseResult Load, ErrorTally Errors)
{
    public WarmupRecord ToRecord() => new()
    {
        LimitSeconds = Limit.TotalSeconds,
        ElapsedSeconds = Load.Elapsed.TotalSeconds,
        Operations = Load.Measures.Operations,
        Settled = Load.Settled,
        RatesPerSecond = [.. Load.RatesPerSecond.Select(rate => Math.Round(rate))],
        Errors = Errors.Counts,
    };
}
