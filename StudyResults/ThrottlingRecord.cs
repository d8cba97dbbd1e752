namespace StudyResults;

/// <summary>One cap at work, from the control group's cpu.stat (the kernel's sched-bwc).</summary>
public sealed record ThrottlingRecord
{
    /// <summary>Periods, usually of 100 ms, in which the group had something to run.</summary>
    public required long Periods { get; init; }

    /// <summary>Those of them in which it used its share up and had to stop.</summary>
    public required long ThrottledPeriods { get; init; }

    /// <summary>How long it was stopped, summed over processors.</summary>
    public required double Seconds { get; init; }
}
