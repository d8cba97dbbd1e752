using BlobsServer.Storage;

namespace BlobsServer.Hosting;

/// <summary>Whether a proxy should send requests here: not while stopping, and not when nothing can be written.</summary>
internal sealed class Readiness(StopSignal stop, Spool spool, TimeProvider time)
{
    // Several probers, or an eager one, cost one write in this time.
    private static readonly TimeSpan ProbeLasts = TimeSpan.FromMilliseconds(500);

    private volatile Probe? _last;

    /// <summary>Null when requests are welcome.</summary>
    public async ValueTask<string?> WhyNotAsync()
    {
        if (stop.IsReceived) return "The server is stopping.";
        if (_last is { } last && time.GetElapsedTime(last.At) < ProbeLasts) return last.Failure;
        await Task.Yield(); // a disk that hangs must not hang other connections
        var probe = new Probe(time.GetTimestamp(), TryWrite());
        _last = probe;
        return probe.Failure;
    }

    private string? TryWrite()
    {
        try
        {
            spool.Probe();
            return null;
        }
        catch (IOException failure)
        {
            return $"The server cannot write to its disk: {failure.Message}.";
        }
    }

    private sealed record Probe(long At, string? Failure);
}
