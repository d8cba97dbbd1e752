using StudyResults;

namespace RequestClient.Search;

/// <summary>
/// The highest rate that keeps an objective: trials around a guess, as many more as it takes until both sides of the bound were
/// seen, and the rate between them. What the guess came from does not enter: the best of many trials flatters.
/// </summary>
/// <param name="objective">What is to be kept.</param>
/// <param name="tryAsync">Tries a rate.</param>
internal sealed class CapacitySearch(Objective objective, Func<double, Task<Trial>> tryAsync)
{
    private static readonly double[] Around = [0.92, 1, 1.08];

    /// <summary>How far beyond them the first further trial goes; each that follows goes twice as far.</summary>
    private const double Stretch = 1.17;

    private const int MostFurther = 4;

    /// <summary>A guess is good enough when the bound lies this near.</summary>
    private const double GuessTolerance = 0.1;

    /// <summary>A rate that was broken by errors, or never reached, is read as no better than this.</summary>
    private const double LeastOfBroken = 2;

    /// <summary>A rate near the highest that is kept, by halving below what a closed loop reaches.</summary>
    /// <param name="closedLoopPerSecond">What a closed loop reaches.</param>
    /// <param name="tryBrieflyAsync">Tries a rate for a moment.</param>
    /// <exception cref="RunFailedException">No rate was kept.</exception>
    public async Task<double> GuessAsync(double closedLoopPerSecond, Func<double, Task<Trial>> tryBrieflyAsync)
    {
        var search = new RateSearch(closedLoopPerSecond, GuessTolerance, mostTries: 1);
        while (search.NextPerSecond is { } rate) search.Add((await tryBrieflyAsync(rate)).IsKept);
        return search.BestPerSecond
            ?? throw new RunFailedException($"no rate kept {objective}: loosen CAPACITY, or look at the errors of a plain run");
    }

    /// <summary>The estimate, and the trials that it rests on, in the order in which they were made.</summary>
    /// <exception cref="RunFailedException">The bound lies far from the guess.</exception>
    public async Task<(double RatePerSecond, IReadOnlyList<Trial> Trials)> RunAsync(double guessPerSecond)
    {
        var order = Around.ToArray();
        Random.Shared.Shuffle(order);
        var trials = new List<Trial>();
        foreach (var factor in order) trials.Add(await tryAsync(guessPerSecond * factor));
        var (further, stretch) = (0, Stretch);
        while (true)
        {
            var estimate = CapacityEstimate.Of(trials.Select(Read));
            if (estimate.RatePerSecond is { } found) return (found, trials);
            var edge = estimate.IsAbove ? trials.Max(trial => trial.RatePerSecond) : trials.Min(trial => trial.RatePerSecond);
            if (further++ == MostFurther)
            {
                throw new RunFailedException(
                    $"{objective} was {(estimate.IsAbove ? "kept" : "broken")} at all of {trials.Count} rates, the last "
                    + $"{Display.Units.Count(edge)}/s: the machine is too restless");
            }

            trials.Add(await tryAsync(estimate.IsAbove ? edge * stretch : edge / stretch));
            stretch *= stretch;
        }
    }

    private Reading Read(Trial trial)
    {
        var ratio = objective.ValueNanoseconds(trial.Outcome.Measures.OpenLoop!.FromDue[^1]) / objective.Bound.TotalNanoseconds;
        // What was broken although the percentile was kept: by errors, or by a rate that was not reached.
        return new Reading(trial.RatePerSecond, trial.IsKept || ratio > 1 ? Math.Max(ratio, double.Epsilon) : LeastOfBroken);
    }
}
