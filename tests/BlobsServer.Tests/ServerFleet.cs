namespace BlobsServer.Tests;

/// <summary>Several real executables that serve one directory, each on a port of its own, as behind a proxy.</summary>
internal sealed class ServerFleet : IAsyncDisposable
{
    private readonly RunningServer[] _servers;

    private ServerFleet(RunningServer[] servers) => _servers = servers;

    public int Count => _servers.Length;

    /// <summary>Whose blobs the test stores; of a shared fleet nobody else's.</summary>
    public string User => _servers[0].User;

    /// <summary>The servers in turn: any number is one of them.</summary>
    public RunningServer this[int index] => _servers[index % _servers.Length];

    /// <summary>
    /// For tests that only need so many servers with these options: see <see cref="RunningServer.SharedAsync"/>.
    /// </summary>
    public static Task<ServerFleet> SharedAsync(int processes, params string[] options) =>
        SharedServers.LeaseAsync(processes, options);

    public static async Task<ServerFleet> StartAsync(string dataDirectory, int processes, params string[] options) =>
        new(await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => RunningServer.StartAsync(dataDirectory, options))));

    /// <summary>The same processes for another user; they do not end with what this returns.</summary>
    public ServerFleet For(string user) => new([.. _servers.Select(server => server.For(user))]);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
    }
}
