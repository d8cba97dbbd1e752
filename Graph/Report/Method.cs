using System.Globalization;
using System.Reflection;
using Graph.Analysis.Comparing;
using Graph.Analysis.Limits;
using Graph.Analysis.Scaling;
using Graph.Report.Document;
using Graph.Spelling;
using StudyResults;

namespace Graph.Report;

/// <summary>How the study was made and how its answers were found, in short sentences under a name each.</summary>
internal static class Method
{
    public static IEnumerable<ReportPart> Of(StudyReport report)
    {
        var records = report.Records.ToList();
        if (records.Count > 0)
        {
            yield return Part("Machine", Machine(records));
            yield return Part("Runs", Runs(records));
            yield return Part("Load", Load(records));
        }

        // What was left empty was not asked for.
        if (report.Plan.Count > 0) yield return Part("Plan", report.Plan.Where(line => line.Contains(' ')));
        yield return Part("How a ratio is found",
        [
            "In each block the rate of a cell is divided by that of the fewest processes, which met the same machine",
            "All actions together are the mean logarithm of these ratios inside the block",
            "The estimate is the mean over the starts of the servers; a start is what was drawn independently",
            $"Its interval is Student's and covers with {Words.ExactPercent(report.Rule.Coverage)}",
            "Where all comparisons together can't exclude 1 (Holm's procedure), the interval is stretched to hold it",
        ]);
        yield return Part("What the answers mean", Answers(report.Rule));
        yield return Part("What limits",
        [
            $"Full is what used {Words.Percent(LimiterRule.FullRatio)} of its limit or more, "
                + $"nearly full from {Words.Percent(LimiterRule.NearlyRatio)} on",
            "A limit is a cap, the one thread that does nearly all the work, or all processors of the machine",
            "It is latency only where nobody is near a limit and all connections wait for a reply",
        ]);
        yield return Part("Scaling laws",
        [
            "Linear gN, plateau min(gN, X), Amdahl gN/(1+a(N-1)) and the Universal Scalability Law (USL) gN/(1+a(N-1)+bN(N-1))",
            $"Chosen by AICc; intervals of {Words.ExactPercent(ScalingAnalysis.Coverage)} by resampling blocks, "
                + "the choice of the law included",
        ]);
        if (records.Exists(record => record.Capacity is not null))
        {
            yield return Part("How a highest rate is found",
            [
                "Each run tries three rates around that of earlier blocks, in random order, "
                    + "and others until one kept the objective and one broke it",
                "Operations are due at random moments, and their time counts from then on",
                "Between two rates the logarithm of the percentile follows that of the rate; "
                    + "where it meets the bound is the highest rate",
            ]);
        }

        yield return Part(
            "Rate",
            ["Operations of which every reply had the right status, length and bytes, per second of the measured window"]);
        if (report.InputWarnings.Count > 0) yield return Part("Left out of the input", report.InputWarnings);
        yield return Part("Written by", [$"Graph {Version}"]);
    }

    private static IEnumerable<string> Answers(DecisionRule rule)
    {
        var margin = Words.ExactPercent(rule.MarginRatio);
        yield return "Faster, slower: the whole interval lies on one side of 1. "
            + $"Equivalent: all of it lies within {margin} (--margin)";
        yield return $"Can't tell: anything else, and anything from fewer than {Words.Whole(DecisionRule.LeastBlocks)} blocks";
        yield return "Of studies of equal arms at most 5 % hold a false answer among those over all actions, "
            + "and at most 5 % among those of single actions";
    }

    private static IEnumerable<string> Machine(List<RunRecord> records) =>
    [
        Distinct(records, record => Words.List(
            [record.Machine.CpuModel, Words.Count(record.Machine.Cores, "processor"),
                record.Machine.MemoryMiB is { } memory ? $"{Words.Whole(memory)} MiB of memory" : "memory unknown"])),
        Distinct(
            records,
            record => $"{record.Machine.OperatingSystem ?? "system unknown"}, kernel {record.Machine.Kernel ?? "unknown"}"
                + $", {DotNet(record.Machine.Runtime)}"),
        Distinct(records, record => record.Software ?? "the runs don't say which versions ran"),
    ];

    private static IEnumerable<string> Runs(List<RunRecord> records)
    {
        var blocks = records.Select(record => (record.Study, record.Block)).Distinct().Count();
        yield return $"{Minute(records.Min(record => record.StartedAt))} to {Minute(records.Max(record => record.StartedAt))} UTC";
        yield return $"{Words.Count(records.Count, "run")} in {Words.Count(blocks, "block")}; "
            + "a block is a run of every cell, in shuffled order";
    }

    private static IEnumerable<string> Load(List<RunRecord> records)
    {
        yield return Distinct(records, record => record.Capacity is { } capacity
            ? $"Open loop at the highest rate with {Words.Objective(capacity.Objective)}, "
                + $"on {Words.Count(record.Concurrency, "connection")}"
            : record.OpenLoop is { } open
            ? $"Open loop: an operation was due every {Words.Number(1e3 / open.RatePerSecond)} ms, "
                + $"on {Words.Count(record.Concurrency, "connection")}"
            : $"Closed loop: {Words.Count(record.Concurrency, "connection")}, each with one operation under way");
        var limits = records.Select(record => record.Warmup).OfType<WarmupRecord>().Select(warmup => warmup.LimitSeconds)
            .Distinct().Order().Select(Words.Number).ToList();
        yield return limits.Count == 0
            ? "No warm-up was recorded"
            : $"Warmed at full load until the rate had settled, {Words.List(limits)} s at most";
    }

    private static string Version =>
        typeof(Method).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "of unknown version";

    private static SentencesPart Part(string name, IEnumerable<string> sentences) =>
        new(name, [.. sentences.Select(sentence => new Sentence(sentence))]);

    private static string DotNet(string? runtime) => runtime is null ? "runtime unknown"
        : runtime.StartsWith(".NET", StringComparison.Ordinal) ? runtime : $".NET {runtime}";

    private static string Minute(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Distinct(IEnumerable<RunRecord> records, Func<RunRecord, string> text) =>
        string.Join("; ", records.Select(text).Distinct());
}
