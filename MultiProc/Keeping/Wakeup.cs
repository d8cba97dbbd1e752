using System.Threading.Channels;

namespace MultiProc.Keeping;

/// <summary>Tells the loop that something happened; many calls before it looks are one.</summary>
internal sealed class Wakeup
{
    private readonly Channel<bool> _pending =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _pending.Writer.TryWrite(true);

    /// <summary>Returns when <see cref="Set"/> was called since the last time, or when the time is up.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(atMost, time);
        try
        {
            await _pending.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is up.
        }
    }
}
