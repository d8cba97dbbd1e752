using System.Net;
using System.Net.Sockets;
using Linux;
using RequestClient.Net;

namespace RequestClient.Ceiling;

/// <summary>
/// Answers the built-in actions as cheaply as can be: it stores nothing, and makes a blob's bytes from its id. It speaks only as
/// much HTTP as this client does. Connections go to its threads in turn.
/// </summary>
internal sealed class TrivialServer : IDisposable
{
    private const int StandardInput = 0;
    private const ulong InputTag = ulong.MaxValue;
    private const ulong ListenerTag = ulong.MaxValue - 1;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TrivialLoop[] _loops;
    private int _taken;

    public TrivialServer(int blobLength, string user, int threads)
    {
        _loops = [.. Enumerable.Range(0, threads).Select(_ => new TrivialLoop(new TrivialReplies(blobLength, user)))];
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(4096);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Serves until standard input ends.</summary>
    public void Run()
    {
        ClientCalls.LeaveProcessGroup();
        foreach (var loop in _loops.Skip(1))
            new Thread(() => loop.Run((_, _) => true)) { IsBackground = true }.Start();
        _loops[0].Watch(StandardInput, InputTag);
        _loops[0].Watch((int)_listener.Handle, ListenerTag);
        _loops[0].Run(OnEvent);
    }

    public void Dispose()
    {
        _listener.Dispose();
        // The other threads are still there: they end with the process.
        _loops[0].Dispose();
    }

    private bool OnEvent(uint events, ulong tag)
    {
        if (tag == ListenerTag) Accept();
        return tag != InputTag || (events & (Epoll.Failed | Epoll.PeerClosed)) == 0;
    }

    private void Accept()
    {
        // Edge-triggered: all that wait are taken, since no further event tells of them.
        while (_listener.Poll(TimeSpan.Zero, SelectMode.SelectRead)) _loops[_taken++ % _loops.Length].Add(_listener.Accept());
    }
}
