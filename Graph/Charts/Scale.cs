namespace Graph.Charts;

/// <summary>Axes from zero with ticks at round numbers.</summary>
internal static class Scale
{
    /// <summary>Room above the largest value.</summary>
    public const double Headroom = 1.02;

    private const int MostSteps = 8;

    /// <summary>An axis from zero that has room for <paramref name="largest"/>.</summary>
    public static Axis FromZero(string label, double largest)
    {
        if (largest <= 0) largest = 1;
        var step = RoundStep(largest * Headroom / MostSteps);
        var steps = (int)Math.Ceiling(largest * Headroom / step);
        var ticks = Enumerable.Range(0, steps + 1).Select(place => new Tick(place * step, Words.Number(place * step)));
        return new Axis(label, 0, steps * step, [.. ticks]);
    }

    /// <summary>The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below the number.</summary>
    private static double RoundStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
        {
            if (factor * power >= least) return factor * power;
        }

        return 10 * power;
    }
}
