using System.Net;

namespace Blobs.TestSupport;

/// <summary>A real service, NAME PORT --store URL, on a port of its own.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RunningService(ChildProcess process, int port)
    {
        Process = process;
        Port = port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
    }

    public ChildProcess Process { get; }

    public int Port { get; }

    public HttpClient Http { get; }

    /// <summary>Returns when it is ready; one that ends instead fails the test with what it said.</summary>
    public static async Task<RunningService> StartAsync(string name, string storeUrl, params string[] options)
    {
        // Another test may take the port between our look and the service's bind: then it says so, and we choose again.
        while (true)
        {
            var port = FreePorts.Take();
            var process = ChildProcess.Start(Repository.Program(name), [$"{port}", "--store", storeUrl, .. options]);
            var service = new RunningService(process, port);
            await Eventually.HoldsAsync(
                async () => process.HasExited || await service.IsReadyAsync(), () => process.StandardError, Patience);
            if (!process.HasExited) return service;
            await service.DisposeAsync();
            if (!process.StandardError.Contains("in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(process.StandardError);
            }
        }
    }

    /// <summary>Whether GET /health/ready is 200 now.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A shared one has ended before its time.</summary>
    internal void ThrowIfEnded()
    {
        if (Process.HasExited) throw new InvalidOperationException($"a shared service died:\n{Process.StandardError}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
