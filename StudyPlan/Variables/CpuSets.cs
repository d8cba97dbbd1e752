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

    private static bool IsRange(string range) =>
        range.Split('-') is [var first, .. var rest] && rest.Length <= 1 && IsProcessor(first) && rest.All(IsProcessor);

    private static bool IsProcessor(string number) => AllVariables.IsWhole(number, 0, 4095);
}
