namespace Blobs.TestSupport;

/// <summary>How large a test runs: small in `make test`, in full size in `make soak` (BLOBS_SOAK=1).</summary>
public static class SoakSize
{
    public static bool IsSoak { get; } = Environment.GetEnvironmentVariable("BLOBS_SOAK") == "1";

    public static int Of(int normal, int soak) => IsSoak ? soak : normal;

    /// <summary>
    /// Between the requests of a load that goes on while processes are killed and started: at full size there is none, else one that
    /// leaves the machine to those that start, which took three times as long beside a load that took all of it.
    /// </summary>
    public static Task PauseAsync() => IsSoak ? Task.CompletedTask : Task.Delay(10);

    /// <summary>A figure for whoever runs the soak.</summary>
    public static void Report(string figure)
    {
        if (IsSoak) Console.WriteLine($"    soak: {figure}");
    }
}
