using StudyResults;

namespace StudyPlan.Variables;

/// <summary>PIN: which processors who may use, as in client=0 proxy=0 workers=1-3,5 store=1.</summary>
internal static class CpuSets
{
    private const string Client = "client=";

    private static readonly string[] Who = ["client", "proxy", "workers", "store"];

    public static bool IsRight(string word) =>
        word.Split('=') is [var who, var list] && Who.Contains(who) && CpuList.Parse(list) is not null;

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
        if (words.CountBy(word => word.Split('=')[0]).FirstOrDefault(who => who.Value > 1) is { Key: { } twice })
            return $"PIN names {twice} twice; wanted: one list, as in {twice}=0,2-3";
        var there = CpuList.Parse(online)!.Value;
        return words.FirstOrDefault(word => CpuList.Parse(word.Split('=')[1])!.Value.Except(there).Any()) is { } missing
            ? $"PIN='{missing}': this machine has the processors {online}; wanted: some of them" : null;
    }
}
