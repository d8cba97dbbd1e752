using RequestClient.Metering;

namespace RequestClient.Planned;

/// <summary>Waits until nobody else uses the machine, as long as patience lasts for the whole group.</summary>
internal sealed class QuietMachine(TimeSpan patience)
{
    /// <summary>Long enough for ticks of 10 ms to say something.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Of all processors: a pool that idles, and the supervisor, use less.</summary>
    private const double QuietShare = 0.05;

    private TimeSpan _left = patience;

    /// <summary>Gives how long it waited, and whether the machine was quiet then.</summary>
    public async Task<(TimeSpan Waited, bool IsQuiet)> WaitAsync(CancellationToken cancellation)
    {
        var waited = TimeSpan.Zero;
        while (_left > TimeSpan.Zero)
        {
            var before = MachineCpu.Read();
            await Task.Delay(Look, cancellation);
            waited += Look;
            _left -= Look;
            if (MachineCpu.Between(before, MachineCpu.Read()) is not { } during) return (waited, true);
            if (during.BusySeconds + during.StealSeconds <= QuietShare * during.Sum()) return (waited, true);
        }

        return (waited, false);
    }
}
