namespace Blobs.TestSupport;

/// <summary>Processes of one service that tests share: as many as one of them needs, started when the first needs them.</summary>
internal sealed class WarmServices(string program, string storeUrl, string[] options) : IAsyncDisposable
{
    private readonly List<Task<RunningService>> _started = [];

    /// <summary>The first of them; one that has died fails whoever asks.</summary>
    public async Task<RunningServices> TakeAsync(int count)
    {
        Task<RunningService>[] wanted;
        lock (_started)
        {
            while (_started.Count < count) _started.Add(Task.Run(() => RunningService.StartAsync(program, storeUrl, options)));
            wanted = [.. _started.Take(count)];
        }

        var services = await Task.WhenAll(wanted);
        foreach (var service in services) service.ThrowIfEnded();
        return RunningServices.Of(services);
    }

    public async ValueTask DisposeAsync()
    {
        var dead = new List<Exception>();
        foreach (var start in _started.Where(start => start.IsCompletedSuccessfully))
        {
            var service = await start;
            try
            {
                service.ThrowIfEnded();
            }
            catch (InvalidOperationException death)
            {
                dead.Add(death);
            }

            await service.DisposeAsync();
        }

        if (dead.Count > 0) throw new AggregateException(dead);
    }
}
