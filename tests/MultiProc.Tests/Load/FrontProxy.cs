using Blobs.TestSupport;

namespace MultiProc.Tests.Load;

/// <summary>A HAProxy in front of several machines' own, as docs/running-as-a-service.md has it.</summary>
internal sealed class FrontProxy(params int[] hostPorts) : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly int _port = FreePorts.Take();
    private ChildProcess? _haproxy;

    public string Url => $"http://127.0.0.1:{_port}";

    public async Task StartAsync()
    {
        var servers = hostPorts.Select((port, index) => $"    server host{index + 1} 127.0.0.1:{port}");
        await File.WriteAllTextAsync(_directory["front.cfg"], $"""
            global
                maxconn 4000
            defaults
                mode http
                timeout http-request 10s
                timeout client 60s
                timeout connect 2s
                timeout server 60s
                retries 10
                option redispatch 1
                http-reuse safe
            frontend blobs
                bind 127.0.0.1:{_port}
                default_backend hosts
            backend hosts
                balance leastconn
                option httpchk
                http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host localhost
                default-server check inter 1s fastinter 200ms fall 2 rise 1 observe layer4 error-limit 3 on-error mark-down
            {string.Join('\n', servers)}

            """);
        _haproxy = ChildProcess.Start("/usr/sbin/haproxy", ["-db", "-f", _directory["front.cfg"]]);
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        await Eventually.HoldsAsync(
            async () => _haproxy.HasExited || await AnswersAsync(http), () => _haproxy.StandardError, Running.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (_haproxy is not null) await _haproxy.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
