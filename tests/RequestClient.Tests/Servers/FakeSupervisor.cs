using System.Net.Sockets;
using System.Text;

namespace RequestClient.Tests.Servers;

/// <summary>Answers GET /status on a unix socket with the given texts, one after another.</summary>
internal sealed class FakeSupervisor : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _serving;

    public FakeSupervisor(string path, params string[] statuses)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _serving = ServeAsync(statuses);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(string[] statuses)
    {
        try
        {
            using var socket = await _listener.AcceptAsync();
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            foreach (var status in statuses)
            {
                if (await RawRequest.ReadAsync(stream, CancellationToken.None) is not { Path: "/status" }) return;
                await stream.WriteAsync(RawReply.Status("200 OK", Encoding.UTF8.GetBytes(status)).Bytes);
            }
        }
        catch (SocketException)
        {
            // The test ended before anybody asked.
        }
    }
}
