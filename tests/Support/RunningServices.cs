using System.Collections;

namespace Blobs.TestSupport;

/// <summary>Processes of one service over one store; all gone when the test ends, however it ends.</summary>
public sealed class RunningServices : IAsyncDisposable, IEnumerable<RunningService>
{
    private readonly Func<Task<RunningService>> _start;
    private readonly RunningService[] _running;
    private readonly List<RunningService> _killed = []; // who asks one of them may not have noticed yet

    private RunningServices(Func<Task<RunningService>> start, RunningService[] running) => (_start, _running) = (start, running);

    /// <summary>By turns: past the last comes the first again.</summary>
    public RunningService this[int index] => Volatile.Read(ref _running[index % _running.Length]);

    /// <summary>Starts all of them at once.</summary>
    public static async Task<RunningServices> StartAsync(int count, string name, string storeUrl, params string[] options)
    {
        Task<RunningService> Start() => RunningService.StartAsync(name, storeUrl, options);
        var starting = Enumerable.Range(0, count).Select(_ => Start()).ToArray();
        try
        {
            return new(Start, await Task.WhenAll(starting));
        }
        catch
        {
            foreach (var started in starting.Where(start => start.IsCompletedSuccessfully)) await (await started).DisposeAsync();
            throw;
        }
    }

    /// <summary>Those that somebody else started, and stops.</summary>
    internal static RunningServices Of(RunningService[] services) =>
        new(() => throw new InvalidOperationException("a shared service is not killed"), services);

    /// <summary>kill -9 of one, and another in its place.</summary>
    public async Task ReplaceAsync(int index)
    {
        var victim = this[index];
        victim.Process.Signal("KILL");
        await victim.Process.WaitForExitAsync();
        _killed.Add(victim);
        Volatile.Write(ref _running[index % _running.Length], await _start());
    }

    public IEnumerator<RunningService> GetEnumerator() => _running.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Concat(_killed)) await service.DisposeAsync();
    }
}
