namespace People.Contest;

/// <summary>When requests are due.</summary>
internal static class Arrivals
{
    /// <summary>At a constant rate.</summary>
    public static IEnumerable<double> Steady(double fromSeconds, double seconds, double perSecond)
    {
        var count = (int)Math.Round(seconds * perSecond);
        for (var index = 0; index < count; index++) yield return fromSeconds + index / perSecond;
    }

    /// <summary>At a rate that rises evenly: the k-th is due when rate 0 x t + slope x t² / 2 reaches k.</summary>
    public static IEnumerable<double> Ramp(double fromSeconds, double seconds, double fromPerSecond, double toPerSecond)
    {
        var slope = (toPerSecond - fromPerSecond) / seconds;
        var count = (int)Math.Round((fromPerSecond + toPerSecond) / 2 * seconds);
        for (var index = 0; index < count; index++)
        {
            yield return fromSeconds
                + (Math.Sqrt(fromPerSecond * fromPerSecond + 2 * slope * index) - fromPerSecond) / slope;
        }
    }
}
