using System.Diagnostics;

namespace Blobs.TestSupport;

/// <summary>Waiting by asking: a condition is polled until it holds, with a deadline and never a fixed sleep.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task HoldsAsync(Func<bool> condition, Func<string> otherwise, TimeSpan patience) =>
        HoldsAsync(() => Task.FromResult(condition()), otherwise, patience);

    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > patience) throw new TimeoutException($"waited {patience}: {otherwise()}");
            await Task.Delay(Pause);
        }
    }
}
