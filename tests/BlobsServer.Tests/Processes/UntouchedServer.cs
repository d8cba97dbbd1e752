namespace BlobsServer.Tests.Processes;

/// <summary>A server of a class's own, with which none of its tests stores anything.</summary>
public sealed class UntouchedServer : IAsyncLifetime
{
    private RunningServer? _server;

    internal RunningServer Server => _server ?? throw new InvalidOperationException("it is not started");

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
