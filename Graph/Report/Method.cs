using System.Globalization;
using System.Reflection;
using Graph.Analysis.Comparing;
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
        var busy = Words.Percent(LimiterRule.FullRatio);
        yield return ("Comparison", "The rate of a cell is divided by that of the fewest processes in the same block, where both met the same "
            + "machine. A block's mean over all actions gives the primary answers.");
        yield return ("Interval", $"Student's, of the mean logarithm of these ratios over the starts of the servers, {Words.ExactPercent(rule.Coverage)}; "
            + "stretched to hold 1 where all comparisons together can't exclude it (Holm's procedure).");
        yield return ("Answers", $"faster (slower): the interval lies above (below) 1. equivalent: it lies within {margin}. inconclusive: anything else, "
            + $"and anything from fewer than {DecisionRule.LeastBlocks} blocks. A study of equal arms holds a false answer in at most 5 % of studies "
            + "among its primary answers, and in at most 5 % among those of single actions (tested by simulation).");
        yield return ("Scaling", "linear gN, plateau min(gN, X), Amdahl gN/(1+a(N-1)) and the Universal Scalability Law (USL) "
            + "gN/(1+a(N-1)+bN(N-1)), fitted to the logarithms of the rates with a and b from 0 to 1, chosen by AICc; intervals of "
            + $"{Words.ExactPercent(ScalingAnalysis.Coverage)} by resampling blocks.");
        yield return ("Limiter", $"The component above {busy} of its limit (a thread for client and HAProxy, its cap for a worker); else the "
            + $"machine, when all that is known to have been used is above {busy}; else latency, if by Little's law the connections were waiting.");
        yield return ("Rate", "Operations of which every reply had the right status, length and bytes, per second of the measured window. The "
            + "cell's rate is the geometric mean over the starts of the servers; results.txt holds seconds.");
    }

    private static string DotNet(string runtime) => runtime.StartsWith(".NET", StringComparison.Ordinal) ? runtime : $".NET {runtime}";

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Distinct(IEnumerable<RunRecord> records, Func<RunRecord, string> text) =>
        string.Join("; ", records.Select(text).Distinct());
}
