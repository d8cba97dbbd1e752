using System.Globalization;
using RequestClient.Actions;
using RequestClient.Commands;
using StudyResults;

namespace StudyPlan.Variables;

/// <summary>Every variable of run-test.sh, in the order of plan.txt. Their defaults stand in the script.</summary>
internal static class AllVariables
{
    private const int MostProcs = 64;
    private const double LeastCores = 0.01; // MultiProc's own bounds
    private const double MostCores = 4096;

    private static readonly string Cores = FormattableString.Invariant(
        $"cores as a number from {LeastCores} to {MostCores}, for instance 0.1; empty: no limit");

    public static IReadOnlyList<Variable> List { get; } =
    [
        new()
        {
            Name = "PROCS", IsList = true, Accepts = word => IsWhole(word, 1, MostProcs),
            Wanted = $"numbers of server processes from 1 to {MostProcs}, as in \"1 2 4 8\"",
        },
        new()
        {
            Name = "ACTIONS", IsList = true, MayBeEmpty = true, Accepts = IsName,
            Wanted = "names of actions, as in \"baseline list put\"",
        },
        new()
        {
            Name = "SCENARIOS", IsList = true, Accepts = word => Scenario.TryParse(word, out _),
            Wanted =
                $"AMOUNTxKIB, operations of a run and size of a blob up to {Options.MaxSizeKiB} KiB, as in \"20000x10 2000x100\"",
        },
        new()
        {
            Name = "FEED", MayBeEmpty = true, Accepts = IsFile,
            Wanted = "a file of values for operations; empty: the feeds that the actions name",
        },
        new()
        {
            Name = "TRACE", MayBeEmpty = true, Accepts = IsFile,
            Wanted = "a file of operations with the columns at and action; empty: ACTIONS",
        },
        new()
        {
            Name = "PROXY", IsList = true, Accepts = word =>
                WaysIn.All.Contains(word), Wanted = $"some of {string.Join(' ', WaysIn.All)}",
        },
        new()
        {
            Name = "CONCURRENCY", IsList = true, Accepts = word => IsWhole(word, 1, Options.MaxConcurrency),
            Wanted = $"numbers of connections from 1 to {Options.MaxConcurrency}, as in \"10 100\"",
        },
        new()
        {
            Name = "CAPACITY", IsList = true, MayBeEmpty = true, Accepts = word =>
                Objective.Parse(word) is { IsOfMaximum: false },
            MeaningOf = word => Objective.Parse(word) is { } objective ? (objective.Percentile, objective.Bound) : word,
            Wanted = "percentiles of the time from due and their bounds, as in p99=20ms or \"p50=500us p99.9=1s\"; "
                + "empty: how fast it is at all",
        },
        new() { Name = "RUNS", Accepts = word => IsWhole(word, 1, 1000), Wanted = "the least number of blocks, from 1 to 1000" },
        new()
        {
            Name = "BUDGET", Accepts = word =>
                TimeText.Parse(word) is { } time && (time == TimeSpan.Zero || time >= TimeSpan.FromSeconds(1)),
            Wanted = "the most time for measuring, such as 90s, 10m or 1h; 0: exactly RUNS blocks",
        },
        new() { Name = "DURABILITY", Accepts = word => word is "none" or "always", Wanted = "none or always" },
        new() { Name = "CPU_LIMIT", MayBeEmpty = true, Accepts = IsCores, Wanted = $"each worker's {Cores}" },
        new() { Name = "STORE_CPU_LIMIT", MayBeEmpty = true, Accepts = IsCores, Wanted = $"the store's {Cores}" },
        new() { Name = "PROXY_CPU_LIMIT", MayBeEmpty = true, Accepts = IsCores, Wanted = $"the proxy's {Cores}" },
        new()
        {
            Name = "SERVICE", MayBeEmpty = true, Accepts = IsName,
            Wanted = "a service of services/; empty: the blobs server",
        },
        new()
        {
            Name = "STORE", MayBeEmpty = true, Accepts = _ => true,
            Wanted = "stores of stores/, or one command with {dir} and {storeport}; empty: none",
        },
        new()
        {
            Name = "SERVER", MayBeEmpty = true, Accepts = word => word.Contains("{port}", StringComparison.Ordinal),
            Wanted = "the command of a server, with {port} where its port belongs, and {dir}, {store}; empty: ours",
        },
        new()
        {
            Name = "READY_PATH",
            Accepts = IsPath,
            Wanted = "a path such as /health, which a server that is ready answers with 200 to 399",
        },
        new()
        {
            Name = "LIVE_PATH", MayBeEmpty = true, Accepts = IsPath,
            Wanted = "a path such as /health, which a server that hangs does not answer; empty: READY_PATH",
        },
        new()
        {
            Name = "POOL",
            Accepts = IsAnswer,
            Wanted = "yes: one pool serves all numbers of processes; no: exactly N are started",
        },
        new() { Name = "CONTROL", Accepts = IsAnswer, Wanted = "yes: the smallest cell is measured twice; no: it is not" },
        new()
        {
            Name = "PIN", MayBeEmpty = true, IsList = true, Accepts = CpuSets.IsRight,
            Wanted = "processors as in \"client=0 proxy=0 workers=1-3 store=1\"; empty: wherever the kernel puts them",
        },
        new()
        {
            Name = "THREADS", Accepts = word => word == "auto" || IsWhole(word, 1, Options.MaxThreads),
            Wanted = $"the client's threads, from 1 to {Options.MaxThreads}, or auto",
        },
        new() { Name = "WARMUP", Accepts = IsTime, Wanted = "what a start of the servers may take to warm up, such as 15s" },
        new()
        {
            Name = "QUIET", Accepts = IsTime,
            Wanted = "how long a start of servers may wait for a machine that others use, such as 60s; "
                + "0: not at all, and no run is measured again for it",
        },
        new()
        {
            Name = "CEILING",
            Accepts = IsTime,
            Wanted = "how long the client alone is measured for an action, such as 1s; 0: not at all",
        },
        new() { Name = "SEED", Accepts = word => IsWhole(word, 0, int.MaxValue), Wanted = "a whole number from 0 up" },
        new()
        {
            Name = "BLOBS_DIR", MayBeEmpty = true, Accepts = word => word.StartsWith('/'),
            Wanted = "an absolute path; empty: /tmp/blobs",
        },
        new() { Name = "PORT", IsKept = false, Accepts = IsPort, Wanted = "the way in's port, from 1 to 65535" },
        new() { Name = "FIRST_PORT", IsKept = false, Accepts = IsPort, Wanted = "the first worker's port, from 1 to 65535" },
        new() { Name = "STORE_PORT", IsKept = false, Accepts = IsPort, Wanted = "the store's port, from 1 to 65535" },
        new()
        {
            Name = "OUT", IsKept = false, MayBeEmpty = true, Accepts = _ => true,
            Wanted = "a folder; empty: results/DATE_CPU_CORES",
        },
    ];

    /// <summary>Without zeros before it, so that one number is one word.</summary>
    internal static bool IsWhole(string word, int least, int most) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            && word == number.ToString(CultureInfo.InvariantCulture);

    private static bool IsCores(string word) =>
        double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores)
            && cores is >= LeastCores and <= MostCores;

    private static bool IsTime(string word) => TimeText.Parse(word) is { } time && time <= Options.LongestTime;

    private static bool IsPort(string word) => IsWhole(word, 1, 65535);

    private static bool IsAnswer(string word) => word is "yes" or "no";

    private static bool IsPath(string word) => word.StartsWith('/') && word.All(letter => letter is > ' ' and <= '~');

    private static bool IsFile(string word) => PlainFile.IsThere(word) && !word.Contains(' ', StringComparison.Ordinal);

    private static bool IsName(string word) => word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
