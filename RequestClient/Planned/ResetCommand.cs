using System.ComponentModel;
using System.Diagnostics;
using RequestClient.Metering;

namespace RequestClient.Planned;

/// <summary>The user's command between two runs, for instance one that empties the store, whose URL {store} becomes.</summary>
internal sealed class ResetCommand(string command, ControlSocket control)
{
    private const string StorePlaceholder = "{store}";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="RunFailedException">It failed, or did not end.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // A store that was started again may be somewhere else.
        var url = command.Contains(StorePlaceholder, StringComparison.Ordinal)
            ? (await control.ReadAsync(cancellation)).Store?.Url
            : null;
        await RunAsync(command.Replace(StorePlaceholder, url, StringComparison.Ordinal), cancellation);
    }

    private static async Task RunAsync(string command, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        using var process = Start(command);
        try
        {
            var (output, errors) =
                (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            var words = (await errors + await output).Trim().Split('\n')[^1];
            if (process.ExitCode != 0)
                throw new RunFailedException($"--reset '{command}' ended with {process.ExitCode}: {words}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new RunFailedException($"--reset '{command}' did not end within {Patience.TotalSeconds} s");
        }
    }

    private static Process Start(string command)
    {
        var start =
            new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new RunFailedException($"--reset can't start a shell ({failure.Message})", failure);
        }
    }
}
