namespace MultiProc.Workers;

/// <summary>What HAProxy sends to a slot.</summary>
internal enum SlotState
{
    /// <summary>Nothing, and idle connections to it are closed ("maint").</summary>
    Out,

    /// <summary>Nothing new; what is under way ends ("drain").</summary>
    Drain,

    /// <summary>Its share of the requests.</summary>
    Ready,
}
