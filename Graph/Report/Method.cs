using System.Globalization;
using System.Reflection;
using Graph.Analysis.Comparing;
using Graph.Analysis.Estimating;
using Graph.Analysis.Limits;
using Graph.Analysis.Scaling;
using StudyResults;

namespace Graph.Report;

/// <summary>How the study was made and how its answers were found: a name and a sentence each.</summary>
internal static class Method
{
    public static IEnumerable<(string Name, string Text)> Of(StudyReport report)
    {
        var records = report.Records.ToList();
        if (records.Count > 0)
        {
            foreach (var fact in Circumstances(records)) yield return fact;
            foreach (var fact in Load(records)) yield return fact;
        }

        if (report.Plan.Count > 0) yield return ("Plan", string.Join("; ", report.Plan));
        yield return ("Margin", $"{Words.ExactPercent(report.Rule.MarginRatio)}: ratios closer to 1 count as equal (--margin)");
        foreach (var rule in Rules(report.Rule)) yield return rule;
        yield return ("Written by", $"Graph {Version}");
    }

    private static string Version =>
        typeof(Method).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version";

    private static IEnumerable<(string Name, string Text)> Circumstances(List<RunRecord> records)
    {
        yield return ("Machine", Distinct(records, record => Words.List(
        [
            record.Machine.CpuModel, Words.Count(record.Machine.Cores, "processor"), $"{Words.Whole(record.Machine.MemoryMiB)} MiB of memory",
        ])));
        yield return ("System", Distinct(
            records, record => $"{record.Machine.OperatingSystem}, kernel {record.Machine.Kernel}, {DotNet(record.Machine.Runtime)}"));
        yield return ("Software", Distinct(records, record => record.Software ?? "the runs don't say which versions"));
        yield return ("Time", $"{Minute(records.Min(record => record.StartedAt))} to {Minute(records.Max(record => record.StartedAt))} UTC");
        var blocks = records.Select(record => (record.Study, record.Block)).Distinct().Count();
        yield return ("Runs", $"{Words.Count(records.Count, "run")} in {Words.Count(blocks, "block")}; a block is a run of every cell, in shuffled order");
    }

    private static IEnumerable<(string Name, string Text)> Load(List<RunRecord> records)
    {
        yield return ("Load", Distinct(records, record => record.OpenLoop is { } open
            ? $"open loop: an operation was due every {Words.Number(1e3 / open.RatePerSecond)} ms, on {Words.Count(record.Concurrency, "connection")}"
            : $"closed loop: {Words.Count(record.Concurrency, "connection")}, each with one operation under way"));
        var warm = records.Select(record => record.Warmup).OfType<WarmupRecord>().ToList();
        var limits = warm.Select(warmup => warmup.LimitSeconds).Distinct().Order().Select(Words.Number).ToList();
        yield return ("Warm-up", warm.Count == 0 ? "none was recorded"
            : $"at full load until the rate had settled, {Words.List(limits)} s at most; "
                + $"it settled before {warm.Count(warmup => warmup.Settled)} of {Words.Count(warm.Count, "run")}");
        var parts = records.Select(record => record.Operations / record.ElapsedSeconds / record.ClientCeilingPerSecond).OfType<double>().ToList();
        yield return ("Client", parts.Count == 0 ? "how fast the client can be was not measured"
            : $"the fastest run was at {Words.Percent(parts.Max())} of what the client reaches against a trivial reply, "
                + $"half of them at {Words.Percent(MathNet.Numerics.Statistics.Statistics.Median(parts))} or less");
    }

    private static IEnumerable<(string Name, string Text)> Rules(DecisionRule rule)
    {
        var margin = Words.ExactPercent(rule.MarginRatio);
        var (five, six) = (Words.ExactPercent(MedianInterval.CoverageOf(5, 0)), Words.ExactPercent(MedianInterval.CoverageOf(6, 0)));
        var busy = Words.Percent(LimiterRule.BusyRatio);
        yield return ("Comparison", "The rate of a cell is divided by that of the fewest processes in the same block, where both met the same "
            + "machine. The answer is drawn from the median of these ratios and its interval.");
        yield return ("Interval", "It lies between two of the measured ratios and assumes no distribution: at least "
            + $"{Words.ExactPercent(MedianInterval.WantedCoverage)} where the number of blocks allows it, the whole range otherwise, "
            + $"which covers with {five} at 5 blocks and {six} at 6.");
        yield return ("Answers", $"faster (slower): the interval lies above (below) 1 and the median beyond {margin}. equivalent: the interval "
            + $"lies within {margin}. inconclusive: anything else, and anything from fewer than {DecisionRule.LeastBlocks} blocks. Of two equal "
            + "arms at most one comparison in 20 is called faster or slower (tested by simulation), so among many comparisons a single one "
            + "may be chance.");
        yield return ("Scaling", "linear gN, plateau min(gN, X), Amdahl gN/(1+a(N-1)) and the Universal Scalability Law (USL) "
            + "gN/(1+a(N-1)+bN(N-1)), fitted to the logarithms of the rates with a and b from 0 to 1, chosen by AICc; intervals of "
            + $"{Words.ExactPercent(ScalingAnalysis.Coverage)} by resampling blocks.");
        yield return ("Limiter", $"The component above {busy} of its limit (a thread for client and HAProxy, its cap for a worker); else the "
            + $"machine, when all that is known to have been used is above {busy}; else latency, if by Little's law the connections were waiting.");
        yield return ("Rate", "Operations of which every reply had the right status, length and bytes, per second of the measured window. The "
            + "bars show amount over mean time, as results.txt has it; tables show medians of the runs.");
    }

    private static string DotNet(string runtime) => runtime.StartsWith(".NET", StringComparison.Ordinal) ? runtime : $".NET {runtime}";

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Distinct(IEnumerable<RunRecord> records, Func<RunRecord, string> text) =>
        string.Join("; ", records.Select(text).Distinct());
}
