namespace MultiProc.Tests.Load;

/// <summary>The same scenarios at full size; run by BLOBS_SOAK=1.</summary>
public static class Soak
{
    public const string Reason = "full size: set BLOBS_SOAK=1";

    public static bool IsEnabled => Environment.GetEnvironmentVariable("BLOBS_SOAK") == "1";

    /// <summary>A figure for people, whatever the size.</summary>
    public static void Print(FormattableString figures) =>
        Console.WriteLine("figures: " + FormattableString.Invariant(figures));
}
