using StudyResults;

namespace RequestClient.Search;

/// <summary>How long a rate is tried: long enough for the percentile to mean something.</summary>
/// <param name="objective">What is to be kept.</param>
/// <param name="shortest">Where the percentile takes no longer.</param>
internal sealed class TrialLength(Objective objective, TimeSpan shortest)
{
    /// <summary>
    /// Operations that lie beyond the percentile. They come in clusters, because who is behind a slow one waits too, and a short
    /// trial sees few of those: with 5 the capacity of a queue came out 8 % too high and that of a run was off by 10 %, with 20
    /// by 4 % and 7 %.
    /// </summary>
    private const double LeastBeyond = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public TimeSpan At(double ratePerSecond)
    {
        var wanted = LeastBeyond / ((1 - (objective.Percentile / 100)) * ratePerSecond);
        return wanted <= shortest.TotalSeconds ? shortest : TimeSpan.FromSeconds(Math.Min(wanted, Longest.TotalSeconds));
    }
}
