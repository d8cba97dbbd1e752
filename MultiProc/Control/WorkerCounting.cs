using System.Globalization;
using MultiProc.Probing;
using MultiProc.Snapshots;

namespace MultiProc.Control;

/// <summary>Asks workers for their own counter of requests, at GET /metrics in Prometheus' text format.</summary>
/// <param name="metric">The counter's name; null asks nobody.</param>
internal sealed class WorkerCounting(string? metric)
{
    private const string Total = "_total";
    private const string InFlight = "_in_flight";
    private const int MostTries = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What only supervisors and monitors ask for.</summary>
    private static readonly string[] NotOfClients = ["route=\"health\"", "route=\"metrics\""];

    /// <summary>By index; without those that do not tell.</summary>
    public async Task<IReadOnlyDictionary<int, long>> CountAsync(
        IEnumerable<WorkerSnapshot> workers, CancellationToken cancellation)
    {
        var counts = new Dictionary<int, long>();
        if (metric is null) return counts;
        var pages = workers.Select(worker => (worker.Index, Page: AskAsync(worker.Port, metric, cancellation))).ToList();
        foreach (var (index, page) in pages)
        {
            if (await page is { } count) counts[index] = count;
        }

        return counts;
    }

    /// <summary>The sum over the counter's labels; null when there is no such counter.</summary>
    internal static long? Sum(string text, string metric)
    {
        long? sum = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith($"# TYPE {metric} ", StringComparison.Ordinal)) sum ??= 0;
            var isOurs = line.StartsWith(metric + '{', StringComparison.Ordinal)
                || line.StartsWith(metric + ' ', StringComparison.Ordinal);
            if (!isOurs) continue;
            if (NotOfClients.Any(label => line.Contains(label, StringComparison.Ordinal))) continue;
            if (double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out var value))
                sum = (sum ?? 0) + (long)value;
        }

        return sum;
    }

    /// <summary>
    /// A client may have its answer a moment before the worker has counted it, so one that says that it still has something
    /// in flight beside this question is asked again, for as long as that may take.
    /// </summary>
    private static async Task<long?> AskAsync(int port, string metric, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            if (await LocalPage.FetchAsync(port, "/metrics", Timeout, cancellation) is not { } text) return null;
            var isStill = !metric.EndsWith(Total, StringComparison.Ordinal)
                || Sum(text, metric[..^Total.Length] + InFlight) is null or 1;
            if (isStill || tries == MostTries) return Sum(text, metric);
            await Task.Delay(Pause, cancellation);
        }
    }
}
