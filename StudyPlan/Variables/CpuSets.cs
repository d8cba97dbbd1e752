using System.Globalization;

namespace StudyPlan.Variables;

/// <summary>PIN: which processors who may use, as in client=0 proxy=0 workers=1-3,5 store=1.</summary>
internal static class CpuSets
{
    private const string Client = "client=";

    private static readonly string[] Who = ["client", "proxy", "workers", "store"];

    public static bool IsRight(string word) =>
        word.Split('=') is [var who, var list] && Who.Contains(who) && list.Split(',').All(IsRange);

    /// <summary>Processors of the client; null: any.</summary>
    public static string? OfClient(IEnumerable<string> words) =>
        words.FirstOrDefault(word => word.StartsWith(Client, StringComparison.Ordinal))?[Client.Length..];

    /// <summary>Those of the others, as MultiProc takes them.</summary>
    public static string ForServers(IEnumerable<string> words) =>
        string.Join(',', words.Where(word => !word.StartsWith(Client, StringComparison.Ordinal)));

    /// <summary>
    /// Who is named twice, or the first word that names a processor that this machine has not; null when all is well.
    /// </summary>
    /// <param name="words">Each right.</param>
    /// <param name="online">As /sys/devices/system/cpu/online tells it: 0-3,5.</param>
    public static string? FindProblem(IReadOnlyList<string> words, string online)
    {
        var there = Processors(online).ToHashSet();
        if (words.CountBy(WhoOf).FirstOrDefault(who => who.Value > 1) is { Key: { } twice })
            return $"PIN names {twice} twice; wanted: one list, as in {twice}=0,2-3";
        return words.FirstOrDefault(word => !Processors(word.Split('=')[1]).All(there.Contains)) is { } missing
            ? $"PIN='{missing}': this machine has the processors {online}; wanted: some of them" : null;
    }

    private static string WhoOf(string word) => word.Split('=')[0];

    private static IEnumerable<int> Processors(string list) => list.Split(',').SelectMany(range =>
    {
        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], Math.Max(0, ends[^1] - ends[0] + 1));
    });

    private static bool IsRange(string range) =>
        range.Split('-') is [var first, .. var rest] && rest.Length <= 1 && IsProcessor(first) && rest.All(IsProcessor)
            && Processors(range).Any();

    private static bool IsProcessor(string number) => AllVariables.IsWhole(number, 0, 4095);
}
