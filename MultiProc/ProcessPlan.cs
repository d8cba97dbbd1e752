using MultiProc.Processes;

namespace MultiProc;

/// <summary>A process that is to be kept running: what to run, and how to see how it is.</summary>
internal sealed record ProcessPlan
{
    public required string Name { get; init; }

    public required ProcessCommand Command { get; init; }

    /// <summary>What it is asked to see whether it is ready, for messages.</summary>
    public string Question { get; init; } = "its probe";

    /// <summary>Returns when it answers; asked to warm it up when it takes the place of one that served.</summary>
    public required Func<bool, CancellationToken, Task> UntilReady { get; init; }

    /// <summary>Asks once whether it still answers, for at most <see cref="ProbeTimeout"/>.</summary>
    public required Func<CancellationToken, Task<bool>> IsAlive { get; init; }

    public required TimeSpan ProbeTimeout { get; init; }
}
