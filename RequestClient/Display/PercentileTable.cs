using System.Globalization;
using RequestClient.Actions;
using RequestClient.Load;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Display;

/// <summary>
/// HdrHistogram's percentile table (.hgrm), in milliseconds: five lines for each halving of the distance to 100 %.
/// Source: PercentileIterator and AbstractHistogram.outputPercentileDistribution of
/// https://github.com/HdrHistogram/HdrHistogram; http://hdrhistogram.github.io/HdrHistogram/plotFiles.html plots it.
/// </summary>
internal static class PercentileTable
{
    private const int TicksPerHalfDistance = 5;

    /// <summary>
    /// One file a step, named by the step when there is more than one. In an open loop it holds the time from due, and
    /// a second file, named service, the time from sending.
    /// </summary>
    public static void WriteFiles(string file, ActionPlan action, Measures measures)
    {
        for (var step = 0; step < action.Steps.Count; step++)
        {
            var name = NameOf(file, action, step);
            var fromDue = measures.OpenLoop?.FromDue[step];
            File.WriteAllLines(name, Lines(fromDue ?? measures.Steps[step]));
            if (fromDue is not null) File.WriteAllLines(ServiceName(name), Lines(measures.Steps[step]));
        }
    }

    /// <summary>The files that a run will write.</summary>
    public static IEnumerable<string> FileNames(string file, RunOptions options)
    {
        var isOpen = options.RatePerSecond is not null || options.Action.Trace is not null || options.Objectives is not null;
        var names = Enumerable.Range(0, options.Action.Steps.Count).Select(step => NameOf(file, options.Action, step));
        return names.SelectMany(name => isOpen ? [name, ServiceName(name)] : new[] { name });
    }

    public static IEnumerable<string> Lines(LatencyHistogram histogram)
    {
        yield return Row("Value", "Percentile", "TotalCount", "1/(1-Percentile)");
        yield return "";
        var seen = 0L;
        var wanted = 0.0;
        foreach (var bucket in histogram.Buckets())
        {
            seen += bucket.Count;
            var value = Math.Min(bucket.HighestNanoseconds, histogram.MaxNanoseconds) / 1e6;
            var percentile = 100.0 * seen / histogram.Count;
            while (wanted <= percentile && seen < histogram.Count)
            {
                yield return Row(Fixed(value, 3), Fixed(wanted / 100, 12), Whole(seen), Fixed(1 / (1 - (wanted / 100)), 2));
                wanted += 100.0 / TicksAt(wanted);
            }
        }

        var (mean, deviation) = (Fixed(histogram.MeanNanoseconds / 1e6, 3), Fixed(Deviation(histogram) / 1e6, 3));
        var max = Fixed(histogram.MaxNanoseconds / 1e6, 3);
        if (histogram.Count > 0) yield return Row(max, Fixed(1, 12), Whole(seen), "").TrimEnd();
        yield return $"#[Mean    = {mean,12}, StdDeviation   = {deviation,12}]";
        yield return $"#[Max     = {max,12}, Total count    = {Whole(histogram.Count),12}]";
        yield return $"#[Buckets = {LatencyHistogram.Doublings,12}, SubBuckets     = {LatencyHistogram.SubBuckets,12}]";
    }

    private static double TicksAt(double percentile) =>
        TicksPerHalfDistance * Math.Pow(2, Math.Floor(Math.Log2(100 / (100 - percentile))) + 1);

    private static double Deviation(LatencyHistogram histogram)
    {
        var mean = histogram.MeanNanoseconds;
        var squares = histogram.Buckets().Sum(bucket => Math.Pow(bucket.MiddleNanoseconds - mean, 2) * bucket.Count);
        return histogram.Count == 0 ? 0 : Math.Sqrt(squares / histogram.Count);
    }

    private static string NameOf(string file, ActionPlan action, int step) =>
        action.Steps.Count == 1 ? file : Insert(file, action.Steps[step].Name);

    private static string ServiceName(string name) => Insert(name, "service");

    private static string Insert(string file, string name) => Path.Combine(
        Path.GetDirectoryName(file) ?? "", $"{Path.GetFileNameWithoutExtension(file)}.{name}{Path.GetExtension(file)}");

    private static string Row(string value, string percentile, string count, string inverse) =>
        $"{value,12} {percentile,14} {count,10} {inverse,14}";

    private static string Fixed(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}
