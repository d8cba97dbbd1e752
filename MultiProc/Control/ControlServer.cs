using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using MultiProc.Processes;
using MultiProc.Supervising;

namespace MultiProc.Control;

/// <summary>HTTP on a unix socket that only its owner can open: whoever can connect can stop everything.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int OwnerOnlyMask = 0b001_111_111;
    private readonly WebApplication _app;

    private ControlServer(WebApplication app) => _app = app;

    public static async Task<ControlServer> StartAsync(string path, Supervisor supervisor)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(path));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, SignalsAreHandledElsewhere>();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = BindForOwnerOnly);
        var app = builder.Build();
        app.MapControl(supervisor);
        await app.StartAsync();
        return new ControlServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>A chmod after bind(2) would come too late for a moment; the mask makes the mode right from the start.</summary>
    private static Socket BindForOwnerOnly(EndPoint endpoint)
    {
        var before = Posix.SetFileModeMask(OwnerOnlyMask);
        try
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(endpoint);
            return socket;
        }
        finally
        {
            Posix.SetFileModeMask(before);
        }
    }

    private sealed class SignalsAreHandledElsewhere : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
