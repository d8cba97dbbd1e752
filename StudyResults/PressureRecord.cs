namespace StudyResults;

/// <summary>
/// Growth of the totals in /proc/pressure (the kernel's PSI): how long tasks of the whole machine waited for something.
/// </summary>
public sealed record PressureRecord
{
    /// <summary>At least one task was ready and had no processor.</summary>
    public double? CpuSomeSeconds { get; init; }

    /// <summary>At least one task waited for a disk.</summary>
    public double? IoSomeSeconds { get; init; }

    /// <summary>All tasks that were not idle did.</summary>
    public double? IoFullSeconds { get; init; }
}
