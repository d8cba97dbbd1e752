namespace BlobsServer.Tests;

/// <summary>Several real executables that serve one directory, each on a port of its own, as behind a proxy.</summary>
internal sealed class ServerFleet : IAsyncDisposable
{
    private readonly RunningServer[] _servers;

    private ServerFleet(RunningServer[] servers) => _servers = servers;

    public int Count => _servers.Length;

    /// <summary>The servers in turn: any number is one of them.</summary>
    public RunningServer this[int index] => _servers[index % _servers.Length];

    public static async Task<ServerFleet> StartAsync(string dataDirectory, int processes, params string[] options) =>
        new(await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => RunningServer.StartAsync(dataDirectory, options))));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }
}
