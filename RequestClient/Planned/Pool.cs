using RequestClient.Metering;

namespace RequestClient.Planned;

/// <summary>The supervisor's workers, of which some serve.</summary>
internal sealed class Pool(ControlSocket control)
{
    /// <summary>How long workers that are not ready, for instance because one was just started again, are waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Lets so many workers serve, drawn anew where the way in can do that.</summary>
    /// <exception cref="RunFailedException">It can't be done; the message says why.</exception>
    public async Task ServeAsync(int procs, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await control.ServeAsync(procs, cancellation) is { } refusal)
        {
            // A way in that can't switch is fine where just these workers serve anyway.
            var status = await control.ReadAsync(cancellation);
            var serving = status.Workers.Where(worker => status.ServingOrAll.Contains(worker.Index ?? 0)).ToList();
            if (serving.Count == procs && serving.All(worker => worker.State is null or "ready")) return;
            if (status.Workers.Count < procs || TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new RunFailedException($"{procs} workers can't serve ({refusal}): {Describe(status)}");
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Lets all workers serve, and gives how many there are.</summary>
    public async Task<int> ServeAllAsync(CancellationToken cancellation)
    {
        var procs = (await control.ReadAsync(cancellation)).Workers.Count;
        await ServeAsync(procs, cancellation);
        return procs;
    }

    /// <exception cref="RunFailedException">The limits are not in force.</exception>
    public async Task LimitAsync(IReadOnlyDictionary<string, double?> limits, CancellationToken cancellation)
    {
        if (limits.Count == 0) return;
        if (await control.LimitAsync(limits, cancellation) is { } refusal)
            throw new RunFailedException($"the limits can't be set ({refusal})");
    }

    private static string Describe(ControlStatus status) => string.Join(", ", status.Workers.Select(
        worker => $"worker {worker.Index} is {worker.State ?? "there"}"));
}
