using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace RequestClient.Tests.Servers;

/// <summary>
/// A supervisor with a pool of workers, in memory: it answers /status, /serve and /limit as contract 4 has them, and hands the
/// requests that the server in front of it counted to the first worker that serves.
/// </summary>
internal sealed class FakePool : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Func<long> _requests;
    private readonly Dictionary<int, long> _handed = [];
    private readonly Task _accepting;
    private long _seen;
    private double? _cpuCores;

    public FakePool(string path, int workers, Func<long> requests)
    {
        _requests = requests;
        Workers = workers;
        Serving = [.. Enumerable.Range(1, workers)];
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public int Workers { get; }

    public IReadOnlyList<int> Serving { get; private set; }

    /// <summary>What was posted, in its order: "/serve 2".</summary>
    public List<string> Asked { get; } = [];

    /// <summary>An older supervisor: it knows neither /serve nor the fields that came with it.</summary>
    public bool IsOld { get; init; }

    /// <summary>A way in that can't send to some of its workers only.</summary>
    public bool CanSwitch { get; init; } = true;

    /// <summary>State and restarts of a worker; the number is how often a status was asked for since the last /serve.</summary>
    public Func<int, int, (string State, int Restarts)> WorkerIs { get; init; } = (_, _) => ("ready", 0);

    /// <summary>
    /// Whether what the server uses, which lives in the test's process, passes for somebody else's. Otherwise workers tell of
    /// so much CPU that no run looks disturbed, whatever else the machine does.
    /// </summary>
    public bool HidesItsCpu { get; init; }

    private int _statusesSinceServe;
    private int _statuses;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await RawRequest.ReadAsync(stream, CancellationToken.None) is { } request)
            {
                RawReply reply;
                lock (Asked) reply = Answer(request);
                await stream.WriteAsync(reply.Bytes);
            }
        }
        catch (IOException)
        {
            // The client went away.
        }
    }

    private RawReply Answer(RawRequest request)
    {
        if (request is { Method: "GET", Path: "/status" }) return RawReply.Status("200 OK", Encoding.UTF8.GetBytes(Status()));
        if (IsOld) return RawReply.Status("404 Not Found");
        var body = JsonDocument.Parse(request.Body).RootElement;
        Asked.Add($"{request.Path} {body}");
        return request.Path == "/limit" ? Limit(body) : Serve(body.GetProperty("procs").GetInt32());
    }

    private RawReply Limit(JsonElement body)
    {
        _cpuCores = body.GetProperty("cpuCores").GetDouble();
        return RawReply.Status("200 OK", "{}"u8.ToArray());
    }

    private RawReply Serve(int procs)
    {
        if (!CanSwitch || procs > Workers)
            return RawReply.Status("409 Conflict", "{\"title\":\"this way in can't switch\",\"status\":409}"u8.ToArray());
        Count();
        _statusesSinceServe = 0;
        // Any choice but the same one twice.
        var first = (Serving[0] % Workers) + 1;
        Serving = [.. Enumerable.Range(0, procs).Select(offset => ((first - 1 + offset) % Workers) + 1).Order()];
        return RawReply.Status("200 OK", Encoding.UTF8.GetBytes($"{{\"serving\":[{string.Join(',', Serving)}]}}"));
    }

    private void Count()
    {
        var now = _requests();
        _handed[Serving[0]] = _handed.GetValueOrDefault(Serving[0]) + now - _seen;
        _seen = now;
    }

    private string Status()
    {
        Count();
        _statusesSinceServe++;
        _statuses++;
        var workers = Enumerable.Range(1, Workers).Select(Worker);
        var news = IsOld ? "" : $"\"wayIn\":\"haproxy\",\"serving\":[{string.Join(',', Serving)}],\"software\":[\"HAProxy 9.9\"],\"command\":\"server {{dir}}\",";
        return $"{{\"pid\":1,\"procs\":{Workers},\"state\":\"ready\",{news}\"workers\":[{string.Join(',', workers)}],\"haproxy\":{Proxy()}}}";
    }

    private string Worker(int index)
    {
        var (state, restarts) = WorkerIs(index, _statusesSinceServe);
        var limits = _cpuCores is { } cores
            ? $"{{\"cpuCores\":{cores.ToString(CultureInfo.InvariantCulture)},\"memoryMiB\":null,\"cpus\":null}}"
            : "{}";
        var news = IsOld
            ? ""
            : $"\"limits\":{limits},\"busiestThreads\":[{{\"tid\":7,\"cpuSeconds\":0.5}}],\"runQueueWaitSeconds\":0.25,";
        return $"{{\"index\":{index},\"port\":1,\"pid\":{index + 10},\"state\":\"{state}\",\"restarts\":{restarts},{news}"
            + $"\"cpuSeconds\":{CpuSeconds()},\"rssBytes\":1,\"requests\":{_handed.GetValueOrDefault(index)}}}";
    }

    private long CpuSeconds() => HidesItsCpu ? 1 : 1000L * _statuses;

    private string Proxy() =>
        $"{{\"pid\":9,\"port\":8000,\"state\":\"ready\",\"restarts\":0,\"cpuSeconds\":1,\"rssBytes\":1,\"requests\":{_seen}}}";
}
