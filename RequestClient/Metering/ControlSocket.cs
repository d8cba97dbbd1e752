using System.Net.Sockets;
using System.Text.Json;

namespace RequestClient.Metering;

/// <summary>Asks the supervisor for its status over a unix socket.</summary>
internal sealed class ControlSocket(string path) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://multiproc"),
        Timeout = Patience,
    };

    /// <summary>The present status.</summary>
    /// <exception cref="RunFailedException">It could not be had; the message says why and what to do.</exception>
    public async Task<ControlStatus> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var text = await _http.GetByteArrayAsync(new Uri("/status", UriKind.Relative), cancellation);
            return JsonSerializer.Deserialize(text, ControlStatusJson.Default.ControlStatus)
                ?? throw new JsonException("null is no status");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            var text = $"no status from the control socket {path} ({failure.Message}): is MultiProc running with this --control?";
            throw new RunFailedException(text, failure);
        }
    }

    public void Dispose() => _http.Dispose();
}
