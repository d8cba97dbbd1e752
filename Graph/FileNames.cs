using Graph.Analysis.Scenarios;
using Graph.Spelling;
using StudyResults;

namespace Graph;

/// <summary>
/// A part of a file's name for each scenario, of the words that tell it from the others: 20000x10, and 20000x10-nginx where the
/// same was done in several ways.
/// </summary>
internal static class FileNames
{
    private const int Longest = 60;

    /// <summary>What may set two scenarios apart, as a word for each.</summary>
    private static readonly Func<Conditions, string?>[] Differences =
    [
        conditions => conditions.Proxy,
        conditions => conditions.StoreEngine ?? PlannedRun.Disk,
        conditions => conditions.Store,
        conditions => conditions.Durability is { } durability ? $"durability-{durability}" : null,
        conditions => conditions.Concurrency is { } connections ? $"{Words.Whole(connections)}-connections" : null,
        conditions => conditions.Objective?.Replace('=', '-') ?? "throughput",
        conditions => conditions.RatePerSecond is { } rate ? $"{Words.Number(rate)}-per-second" : "closed-loop",
        conditions => conditions.CpuLimit is { } cores ? $"capped-{Words.Number(cores)}" : "not-capped",
        conditions => conditions.Machine,
    ];

    /// <summary>In the order of the keys; no two are the same.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ScenarioKey> keys)
    {
        var names = keys.Select(
            key => Join(key.FileName, Told(
                key.Conditions, [.. keys.Where(other => other.FileName == key.FileName).Select(other => other.Conditions)])));
        return Unique([.. names]);
    }

    /// <summary>The same for what was done under different conditions: empty where there is one alone.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<Conditions> conditions) =>
        Unique([.. conditions.Select(one => Told(one, conditions))]);

    private static string Told(Conditions one, IReadOnlyList<Conditions> all) => string.Join('-', Differences
        .Where(difference => all.Select(difference).Distinct().Count() > 1).Select(
            difference => difference(one)).OfType<string>().Select(Plain));

    private static string Join(string first, string second) => second.Length == 0 ? first : $"{first}-{second}";

    private static string Plain(string text)
    {
        var plain =
            string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'));
        return (plain.Length > Longest ? plain[..Longest] : plain).Trim('-', '.');
    }

    private static string[] Unique(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>();
        return
        [
            .. names.Select(name =>
            {
                var count = seen[name] = seen.GetValueOrDefault(name) + 1;
                return count == 1 ? name : Join(name, Words.Whole(count));
            }),
        ];
    }
}
