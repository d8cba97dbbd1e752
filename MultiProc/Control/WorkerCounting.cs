using System.Globalization;

namespace MultiProc.Control;

/// <summary>Asks workers for their own counter of requests, at GET /metrics in Prometheus' text format.</summary>
/// <param name="metric">The counter's name; null asks nobody.</param>
internal sealed class WorkerCounting(string? metric)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What only supervisors and monitors ask for.</summary>
    private static readonly string[] NotOfClients = ["route=\"health\"", "route=\"metrics\""];

    /// <summary>By index; without those that do not tell.</summary>
    public async Task<IReadOnlyDictionary<int, long>> CountAsync(
        IEnumerable<WorkerSnapshot> workers, CancellationToken cancellation)
    {
        var counts = new Dictionary<int, long>();
        if (metric is null) return counts;
        var pages = workers.Select(worker =>
            (worker.Index, Page: LocalPage.FetchAsync(worker.Port, "/metrics", Timeout, cancellation))).ToList();
        foreach (var (index, page) in pages)
        {
            if (await page is { } text && Sum(text, metric) is { } count) counts[index] = count;
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
}
