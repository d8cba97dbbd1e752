using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>Whether a proxy should send requests here: not while stopping, and not when nothing can be written.</summary>
/// <param name="stop">Completed once the server was told to stop.</param>
/// <param name="store">What requests are welcome for.</param>
/// <param name="time">How old a probe's outcome is.</param>
internal sealed class Readiness(Task stop, IBlobStore store, TimeProvider time)
{
    // Several probers, or an eager one, cost one write in this time.
    private static readonly TimeSpan ProbeLasts = TimeSpan.FromMilliseconds(500);

    // A disk that takes longer to take a few bytes is as good as none. The probe goes on; nobody starts another beside it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<string?> _probe = Task.FromResult<string?>(null);
    private long _endedAt = long.MinValue;

    /// <summary>Null when requests are welcome.</summary>
    public async ValueTask<string?> WhyNotAsync()
    {
        if (stop.IsCompleted) return "The server is stopping.";
        var probe = Probe();
        if (probe.IsCompleted) return await probe;
        try
        {
            return await probe.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            return $"The server's storage has not answered for {Patience.TotalSeconds} s.";
        }
    }

    /// <summary>The probe that is under way or has just ended, else a new one.</summary>
    private Task<string?> Probe()
    {
        lock (_gate)
        {
            var isFresh = _endedAt != long.MinValue && time.GetElapsedTime(_endedAt) < ProbeLasts;
            return !_probe.IsCompleted || isFresh ? _probe : _probe = TryWriteAsync();
        }
    }

    private async Task<string?> TryWriteAsync()
    {
        try
        {
            await store.ProbeAsync(CancellationToken.None);
            return null;
        }
        catch (IOException failure)
        {
            return $"The server cannot write to its storage: {failure.Message}.";
        }
        finally
        {
            lock (_gate) _endedAt = time.GetTimestamp();
        }
    }
}
