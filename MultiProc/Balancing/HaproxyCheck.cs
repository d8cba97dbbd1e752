using System.Diagnostics;

namespace MultiProc.Balancing;

/// <summary>HAProxy's own check of a configuration, warnings counting as errors.</summary>
internal static class HaproxyCheck
{
    /// <summary>What HAProxy finds wrong, in its words; null when nothing is.</summary>
    public static async Task<string?> FindProblemAsync(string executable, Settings settings, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(executable, ["-dW", "-c", "-f", settings.HaproxyFile!])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Haproxy.EnvironmentFor(settings)) start.Environment[name] = value;
        using var check = Process.Start(start)!;
        var words = await Task.WhenAll(
            check.StandardError.ReadToEndAsync(cancellation),
            check.StandardOutput.ReadToEndAsync(cancellation));
        await check.WaitForExitAsync(cancellation);
        return check.ExitCode == 0 ? null : string.Concat(words).Trim();
    }
}
