namespace BlobsServer.Storage;

/// <summary>The flags that a blob can carry.</summary>
internal static class FlagNames
{
    private static readonly string[] All = ["PENDING", "PROCESSING", "PROCESSED", "FAILED"];

    /// <summary>All of them, for people.</summary>
    public static string Text { get; } = string.Join(", ", All);

    public static bool IsOne(string flag) => All.Contains(flag);
}
