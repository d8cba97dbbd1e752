namespace RequestClient.Load;

/// <summary>How a loop's thread spent a phase.</summary>
/// <param name="Elapsed">How long the phase took.</param>
/// <param name="Used">What the scheduler says of it; null where it does not tell.</param>
internal readonly record struct ThreadShare(TimeSpan Elapsed, ThreadTime? Used)
{
    /// <summary>Shorter phases can't be judged: the scheduler brings its figures up to date every few milliseconds.</summary>
    private static readonly TimeSpan ShortestJudged = TimeSpan.FromMilliseconds(100);

    /// <summary>A thread that sleeps for less than this share always had something to do.</summary>
    private const double LeastSleep = 0.05;

    /// <summary>Nor does one that hardly gets a processor: then the machine is the limit, and its run queue tells that.</summary>
    private const double LeastCpu = 0.5;

    /// <summary>Whether the thread never had to wait for anybody but the processor; null when nobody can tell.</summary>
    public bool? NeverSlept
    {
        get
        {
            if (Used is not { } used || Elapsed < ShortestJudged) return null;
            var slept = Elapsed - used.Cpu - used.RunQueueWait;
            return slept < LeastSleep * Elapsed && used.Cpu > LeastCpu * Elapsed;
        }
    }
}
