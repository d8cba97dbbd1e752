namespace Blobs.TestSupport;

/// <summary>How large a test runs: small in `make test`, in full size in `make soak` (BLOBS_SOAK=1).</summary>
public static class SoakSize
{
    public static bool IsSoak { get; } = Environment.GetEnvironmentVariable("BLOBS_SOAK") == "1";

    public static int Of(int normal, int soak) => IsSoak ? soak : normal;

    /// <summary>A figure for whoever runs the soak.</summary>
    public static void Report(string figure)
    {
        if (IsSoak) Console.WriteLine($"    soak: {figure}");
    }
}
