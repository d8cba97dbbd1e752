using System.Globalization;

namespace Graph.Charts;

/// <summary>Axes from zero with ticks at round numbers.</summary>
internal static class Scale
{
    private const int MostSteps = 8;

    /// <summary>An axis from zero that has room for <paramref name="largest"/>.</summary>
    public static Axis FromZero(string label, double largest)
    {
        if (largest <= 0) largest = 1;
        var step = RoundStep(largest * 1.02 / MostSteps);
        var steps = (int)Math.Ceiling(largest * 1.02 / step);
        var ticks = Enumerable.Range(0, steps + 1).Select(place => new Tick(place * step, Number(place * step)));
        return new Axis(label, 0, steps * step, [.. ticks]);
    }

    /// <summary>A number for people: 12,500 or 0.25 or 1.5 M.</summary>
    public static string Number(double value) => value switch
    {
        >= 1e15 => value.ToString("0.##e+0", CultureInfo.InvariantCulture),
        >= 1e9 => (value / 1e9).ToString("#,##0.##", CultureInfo.InvariantCulture) + " G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 0.001 or <= 0 => value.ToString("#,##0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e-0", CultureInfo.InvariantCulture),
    };

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
