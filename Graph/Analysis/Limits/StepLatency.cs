using Graph.Analysis.Scenarios;
using Graph.Analysis.Selecting;
using StudyResults;

namespace Graph.Analysis.Limits;

/// <summary>The latency of one step of an action (a get is a put and a get), all runs of a cell together.</summary>
internal sealed record StepLatency(string Step, LatencyHistogram Histogram)
{
    /// <summary>Merging takes a tenth of a millisecond a run: of huge cells the first runs tell as much.</summary>
    public const int MostRuns = 100;

    public double Microseconds(double percentile) => Histogram.ValueAtPercentile(percentile) / 1e3;

    public static IReadOnlyList<StepLatency> Of(Cell cell)
    {
        var steps = new Dictionary<string, LatencyHistogram>();
        foreach (var run in WithLatency(cell))
        {
            // In an open loop the time counts from when an operation was due, so that a stall is not hidden.
            foreach (var (step, latency) in run.Record.OpenLoop?.FromDue ?? run.Record.Latency)
            {
                // Percentiles alone can't be added up.
                if (latency.Histogram is not { } histogram) continue;
                if (!steps.TryGetValue(step, out var merged)) steps.Add(step, merged = new LatencyHistogram());
                merged.Add(LatencyHistogram.Decode(histogram));
            }
        }

        return [.. steps.OrderBy(step => step.Key, ResultsTable.ActionOrder).Select(
            step => new StepLatency(step.Key, step.Value))];
    }

    /// <summary>
    /// Little's law: requests under way on average = rate x mean latency. In a closed loop of C connections it is C as long as
    /// no connection idles in the client; null where the runs hold no latencies, or were no closed loop.
    /// </summary>
    public static double? RequestsUnderWay(Cell cell, IReadOnlyList<StepLatency> steps)
    {
        var closed = WithLatency(cell).Select(run => run.Record).Where(record => record.OpenLoop is null).ToList();
        var seconds = closed.Sum(record => record.ElapsedSeconds);
        // The median stands for a mean that nobody wrote down.
        var without = closed.SelectMany(record => record.Latency.Values).Where(latency => latency.Histogram is null)
            .Sum(latency => latency.Count * latency.P50Microseconds / 1e6);
        return seconds == 0 ? null : (without
            + steps.Sum(step => step.Histogram.Count * step.Histogram.MeanNanoseconds / 1e9)) / seconds;
    }

    private static IEnumerable<Run> WithLatency(Cell cell) => cell.Runs.Where(run => run.Record.Latency.Count > 0).Take(MostRuns);
}
