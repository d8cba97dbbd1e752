using System.Diagnostics;
using System.Globalization;
using RequestClient.Runs;

namespace RequestClient.Ceiling;

/// <summary>
/// The trivial server as a process of its own, so that its CPU is not counted as the client's. It ends when its
/// standard input does, so it can't outlive us, whatever way we end.
/// </summary>
internal sealed class TrivialServerProcess : IAsyncDisposable
{
    /// <summary>What this program is told to be one.</summary>
    public const string Command = "trivial-server";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private TrivialServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Starts one with as many threads as the client has: one of its own would be the limit otherwise.</summary>
    public static async Task<TrivialServerProcess> StartAsync(RunOptions options, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                Command, options.SizeKiB.ToString(CultureInfo.InvariantCulture), "--user", options.User,
                "--threads", options.Threads.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            var port = await process.StandardOutput.ReadLineAsync(deadline.Token);
            return new TrivialServerProcess(process, new Uri($"http://127.0.0.1:{port}"));
        }
        catch (Exception failure) when (failure is UriFormatException or OperationCanceledException)
        {
            process.Kill();
            process.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new RunFailedException($"the trivial server did not start ({failure.Message})", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
