using System.Globalization;
using Graph.Spelling;

namespace Graph.Charts;

/// <summary>Axes with ticks at round numbers.</summary>
internal static class Scale
{
    /// <summary>Room above the largest value.</summary>
    public const double Headroom = 1.02;

    private const int MostSteps = 8;

    /// <summary>From one decade on, ticks at 1, 2 and 5 are enough; below, they would be two or three.</summary>
    private const double OneDecade = 1;

    private const double FourDecades = 4;

    /// <summary>Below a factor of 2.6 equal steps look even enough.</summary>
    private const double NarrowDecades = 0.42;

    /// <summary>An axis from zero that has room for <paramref name="largest"/>.</summary>
    public static Axis FromZero(string label, double largest)
    {
        if (largest <= 0) largest = 1;
        var step = RoundStep(largest * Headroom / MostSteps);
        var steps = (int)Math.Ceiling(largest * Headroom / step);
        var ticks = Enumerable.Range(0, steps + 1).Select(place => new Tick(place * step, Words.Number(place * step)));
        return new Axis(label, 0, steps * step, [.. ticks]) { Grid = true };
    }

    /// <summary>The same, but the axis ends just above <paramref name="largest"/>.</summary>
    public static Axis FromZeroTo(string label, double largest)
    {
        var axis = FromZero(label, largest / Headroom);
        var most = largest * (1 + 2 * (Headroom - 1));
        return axis with { Most = most, Ticks = [.. axis.Ticks.Where(tick => tick.Position <= most)] };
    }

    /// <summary>Ticks at 0, 1, 2 ... that name the process counts.</summary>
    public static Axis Processes(IReadOnlyList<int> counts)
    {
        // Room for at least three, so that a lone bar is no wall.
        var beside = 0.5 + Math.Max(0, 3 - counts.Count) / 2.0;
        return new Axis("Processes", -beside, counts.Count - 1
            + beside, [.. counts.Select((count, index) => new Tick(index, Words.Whole(count)))]);
    }

    /// <summary>
    /// An axis of logarithms to the base of ten between two values above zero, with room for both; places on it are
    /// <see cref="Math.Log10(double)"/> of what they mean.
    /// </summary>
    /// <param name="label">What it shows.</param>
    /// <param name="least">The smallest value.</param>
    /// <param name="most">The largest value.</param>
    /// <param name="prefix">Stands before each number: "x".</param>
    public static Axis Logarithmic(string label, double least, double most, string prefix = "")
    {
        var (low, high) = (Math.Log10(least), Math.Log10(most));
        var room = Math.Max(0.04 * (high - low), 0.01);
        var (first, last) = (low - room, high + room);
        var ticks = (last - first < NarrowDecades ? Even(Math.Pow(10, first), Math.Pow(10, last)) : Decades(first, last))
            .Where(value => Math.Log10(value) >= first && Math.Log10(value) <= last)
            .Select(value => new Tick(Math.Log10(value), prefix + Plain(value)));
        return new Axis(label, first, last, [.. ticks]) { Grid = true };
    }

    /// <summary>
    /// Multiples of a round step. Factors of a power of ten would leave gaps in which the whole of a narrow axis finds room.
    /// </summary>
    private static IEnumerable<double> Even(double least, double most)
    {
        var step = RoundStep((most - least) / MostSteps);
        var first = Math.Ceiling(least / step);
        return Enumerable.Range(0, MostSteps + 1).Select(place => (first + place) * step);
    }

    /// <summary>Each power of ten and what stands between it and the next.</summary>
    private static IEnumerable<double> Decades(double first, double last)
    {
        double[] factors = (last - first) switch
        {
            < 0.7 => [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
            <= OneDecade => [1, 1.5, 2, 3, 4, 5, 7],
            <= FourDecades => [1, 2, 5],
            _ => [1],
        };
        return Enumerable.Range((int)Math.Floor(first), (int)Math.Ceiling(last) - (int)Math.Floor(first) + 1)
            .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)));
    }

    private static string Plain(double value) =>
        value is >= 0.001 and < 1e6 ? value.ToString("#,##0.######", CultureInfo.InvariantCulture) : Words.Number(value);

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
