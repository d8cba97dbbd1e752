using MultiProc.Processes;

namespace MultiProc.Keeping;

/// <summary>A process that is to be kept running: what to run, and how to see how it is.</summary>
internal sealed record ProcessPlan
{
    public required string Name { get; init; }

    /// <summary>Asked for each start: what it mentions may have changed.</summary>
    public required Func<ProcessCommand> Command { get; init; }

    /// <summary>How long it may take until it is ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told each line that it prints.</summary>
    public Action<string> OnOutput { get; init; } = _ => { };

    /// <summary>What it is asked to see whether it is ready, for messages.</summary>
    public string Question { get; init; } = "its probe";

    /// <summary>What it is asked to see whether it lives, for messages.</summary>
    public string LifeQuestion { get; init; } = "its probe";

    /// <summary>Returns when it answers; asked to warm it up when it takes the place of one that served.</summary>
    public required Func<bool, CancellationToken, Task> UntilReady { get; init; }

    /// <summary>Asks once whether it lives, for at most <see cref="ProbeTimeout"/>.</summary>
    public required Func<CancellationToken, Task<LifeSign>> AskForLife { get; init; }

    public required TimeSpan ProbeTimeout { get; init; }
}
