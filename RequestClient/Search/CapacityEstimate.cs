namespace RequestClient.Search;

/// <summary>What one trial read.</summary>
/// <param name="RatePerSecond">The rate that was tried.</param>
/// <param name="RatioToBound">The percentile over its bound: up to 1 the objective was kept.</param>
internal readonly record struct Reading(double RatePerSecond, double RatioToBound);

/// <summary>
/// The rate at which a percentile reaches its bound, from readings around it. More load can't make a server quicker, so readings
/// that say otherwise are noise: neighbours out of order are pooled into their mean (isotonic regression; Barlow and others,
/// "Statistical Inference under Order Restrictions", 1972). Between two rates the logarithm of the one follows that of the other.
/// </summary>
internal sealed record CapacityEstimate
{
    /// <summary>Null where no reading lies on the other side of the bound.</summary>
    public double? RatePerSecond { get; private init; }

    /// <summary>
    /// Whether the bound was kept at every rate, so that it lies above them; meaningless where the rate is known.
    /// </summary>
    public bool IsAbove { get; private init; }

    /// <param name="readings">At least one.</param>
    public static CapacityEstimate Of(IEnumerable<Reading> readings)
    {
        var levels = PoolNeighbours(
            readings.OrderBy(reading => reading.RatePerSecond).Select(
                reading => (Math.Log(reading.RatePerSecond), Math.Log(reading.RatioToBound))));
        var broken = levels.FindIndex(level => level.Value > 0);
        if (broken <= 0) return new CapacityEstimate { IsAbove = broken < 0 };
        var (kept, next) = (levels[broken - 1], levels[broken]);
        var share = -kept.Value / (next.Value - kept.Value);
        return new CapacityEstimate { RatePerSecond = Math.Exp(kept.Last + (share * (next.First - kept.Last))) };
    }

    /// <summary>Neighbouring readings of one level, from the first rate of them to the last.</summary>
    private readonly record struct Level(double First, double Last, double Sum, int Count)
    {
        public double Value => Sum / Count;

        public Level With(Level next) => new(First, next.Last, Sum + next.Sum, Count + next.Count);
    }

    private static List<Level> PoolNeighbours(IEnumerable<(double LogRate, double LogRatio)> ordered)
    {
        var levels = new List<Level>();
        foreach (var (rate, ratio) in ordered)
        {
            levels.Add(new Level(rate, rate, ratio, 1));
            while (levels is [.., var before, var last] && before.Value >= last.Value)
            {
                levels.RemoveRange(levels.Count - 2, 2);
                levels.Add(before.With(last));
            }
        }

        return levels;
    }
}
