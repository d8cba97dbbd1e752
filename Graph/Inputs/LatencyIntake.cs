using Graph.Analysis.Limits;
using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Inputs;

/// <summary>
/// Checks the histograms of records and keeps those that will be used: the first runs of each cell. A log of 100,000 runs
/// would otherwise fill the memory with text that nobody looks at.
/// </summary>
internal sealed class LatencyIntake
{
    /// <summary>Real ones take a few thousand letters; more could be made to inflate without end.</summary>
    private const int LongestHistogram = 100_000;

    private readonly Dictionary<(ScenarioKey Scenario, int? Procs, string Action), int> _kept = [];

    /// <param name="record">A record that was just read.</param>
    /// <param name="problem">What is wrong with its histograms; null when nothing is, or when they are not needed.</param>
    /// <returns>The record, without latencies when its cell has enough.</returns>
    public RunRecord Take(RunRecord record, out string? problem)
    {
        problem = null;
        if (record.Latency.Count == 0) return record;
        var cell = (ScenarioBuilder.KeyOf(record), record.Procs, record.Action);
        var kept = _kept.GetValueOrDefault(cell);
        if (kept >= StepLatency.MostRuns)
        {
            var none = new Dictionary<string, LatencyRecord>();
            return record with
            {
                Latency = none,
                OpenLoop = record.OpenLoop is null ? null : record.OpenLoop with { FromDue = none },
            };
        }

        _kept[cell] = kept + 1;
        // Of a closed loop there is one histogram a step, of an open one a second from when it was due.
        problem = record.Latency.Concat(record.OpenLoop?.FromDue ?? new Dictionary<string, LatencyRecord>())
            .Select(step => ProblemOf(step.Key, step.Value)).FirstOrDefault(found => found is not null);
        return record;
    }

    private static string? ProblemOf(string step, LatencyRecord latency)
    {
        if (latency.Histogram is not { } histogram) return null;
        if (histogram.Length > LongestHistogram) return $"the histogram of {OneLine.Of(step)} is longer than any";
        try
        {
            _ = LatencyHistogram.Decode(histogram);
            return null;
        }
        catch (FormatException failure)
        {
            return $"the histogram of {OneLine.Of(step)} is {OneLine.Of(failure.Message)}";
        }
    }
}
