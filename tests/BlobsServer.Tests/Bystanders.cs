namespace BlobsServer.Tests;

/// <summary>
/// Connections on all event loops that ask for next to nothing, again and again, while others keep the server busy. Each has
/// been served before: the first request of a connection may be handled elsewhere than on its loop.
/// </summary>
internal sealed class Bystanders : IDisposable
{
    private const int Rounds = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<RawConnection> _connections = [];
    private readonly int _port;

    private Bystanders(int port) => _port = port;

    public static async Task<Bystanders> ConnectAsync(RunningServer server)
    {
        var bystanders = new Bystanders(server.Port);
        for (var index = 0; index < 4 * Environment.ProcessorCount; index++) await bystanders.AddAsync();
        return bystanders;
    }

    /// <summary>All of them, and new ones, are answered again and again before the other thing happens.</summary>
    public async Task AssertAnsweredBeforeAsync(Task other)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var connection in _connections) await AskAsync(connection);
            await AddAsync();
            await Task.Delay(Pause);
        }

        Assert.False(other.IsCompleted);
    }

    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
    }

    private async Task AddAsync()
    {
        var connection = await RawConnection.OpenAsync(_port);
        _connections.Add(connection);
        await AskAsync(connection);
    }

    private static async Task AskAsync(RawConnection connection)
    {
        await connection.SendAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(200, await connection.ReadStatusAsync(Patience));
    }
}
