namespace RequestClient.Load;

/// <summary>What a phase came to, over all its loops.</summary>
internal sealed record PhaseResult
{
    /// <summary>Summed.</summary>
    public required Measures Measures { get; init; }

    /// <summary>From the beginning to the end of the last operation.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How each loop's thread spent it.</summary>
    public required IReadOnlyList<ThreadShare> Threads { get; init; }

    /// <summary>How often the phase's amount was begun.</summary>
    public required int Repeats { get; init; }

    /// <summary>Operations per second in each bin of a warm-up.</summary>
    public required IReadOnlyList<double> RatesPerSecond { get; init; }

    /// <summary>Whether throughput had settled; only a warm-up can.</summary>
    public required bool Settled { get; init; }

    /// <summary>Why the phase ended early; null when it did not.</summary>
    public string? GaveUp { get; init; }

    /// <summary>
    /// Whether the client was the limit: one of its threads never slept, and in an open loop the schedule suffered. Then what
    /// looks like a slow server may be replies that lay unread. Null when nobody can tell.
    /// </summary>
    public bool? IsSaturated
    {
        get
        {
            if (Measures.OpenLoop is { IsBehind: false }) return false;
            if (Threads.Any(thread => thread.NeverSlept == true)) return true;
            return Threads.Any(thread => thread.NeverSlept is null) ? null : false;
        }
    }

    /// <summary>In an open loop: whether the client, and not the server, broke the schedule.</summary>
    public bool FellBehind => Measures.OpenLoop is { } open && (open.IsLate || IsSaturated == true);

    /// <summary>CPU time of the busiest thread; null where nobody can tell.</summary>
    public TimeSpan? BusiestThread => Threads.Max(thread => thread.Used?.Cpu);

    /// <summary>Time without a processor, of all threads; null where nobody can tell.</summary>
    public TimeSpan? RunQueueWait => Threads.Any(thread => thread.Used is null)
        ? null
        : TimeSpan.FromTicks(Threads.Sum(thread => thread.Used!.Value.RunQueueWait.Ticks));
}
