using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>Dialogs, as many processes as a test wants, on one store; all gone when the test ends.</summary>
internal sealed class Processes(RunningService[] services) : IAsyncDisposable
{
    public RunningService this[int index] => services[index % services.Length];

    public static async Task<Processes> StartAsync(int count, string storeUrl) =>
        new(await RunningService.StartManyAsync(count, "Dialogs", storeUrl, Keys.Option));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services) await service.DisposeAsync();
    }
}
