using System.Diagnostics;

namespace MultiProc.Processes;

/// <summary>A program that is run to its end for what it says.</summary>
internal static class ProgramWords
{
    /// <summary>Its exit status, and all that it said on standard error and standard output.</summary>
    public static async Task<(int ExitStatus, string Words)> OfAsync(
        string executable,
        IEnumerable<string> arguments,
        CancellationToken cancellation,
        IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        using var program = Process.Start(start)!;
        var words = await Task.WhenAll(
            program.StandardError.ReadToEndAsync(cancellation), program.StandardOutput.ReadToEndAsync(cancellation));
        await program.WaitForExitAsync(cancellation);
        return (program.ExitCode, string.Concat(words).Trim());
    }
}
