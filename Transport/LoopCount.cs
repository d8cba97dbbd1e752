using System.Numerics;

namespace Transport;

/// <summary>
/// How many loops share the connections: as few as can do the work. One that has something to do most of the time rarely sleeps
/// and is rarely woken, which costs as much as a quarter of a short request; two that are half idle pay that all the time. More
/// run when one has no time left, or when those who have an event wait long for their turn.
/// </summary>
/// <param name="most">How many there are.</param>
internal sealed class LoopCount(int most)
{
    /// <summary>Looking for events takes some of the rest.</summary>
    private const double Full = 0.95;

    /// <summary>A loop that is busy for so much of its time can keep others waiting.</summary>
    private const double Half = 0.5;

    /// <summary>Where rounds are long, loops are too many only when they have so little to do.</summary>
    private const double Quarter = 0.25;

    /// <summary>What a turn takes at most: who waits longer than that waits for many others.</summary>
    private const double LongRoundSeconds = 0.002;

    private const double ShortRoundSeconds = 0.0005;

    /// <summary>An increase that was taken back so soon was none that was needed.</summary>
    private const int BriefWindows = 20;

    private const int MostPatienceWindows = 64;

    private int _windowsSinceMore = BriefWindows;
    private int _patienceWindows = 1;
    private int _windowsUntilMore;

    /// <summary>How many run connections now.</summary>
    public int Active { get; private set; } = 1;

    /// <summary>A window of time has passed.</summary>
    /// <param name="loads">What the active loops did in it.</param>
    public void Look(ReadOnlySpan<LoopLoad> loads)
    {
        _windowsSinceMore++;
        if (_windowsUntilMore > 0) _windowsUntilMore--;
        double busy = 0, longestRoundSeconds = 0;
        var isFull = false;
        foreach (var load in loads)
        {
            busy += load.BusyShare;
            longestRoundSeconds = Math.Max(longestRoundSeconds, load.RoundSeconds);
            isFull |= load.BusyShare >= Full || (load.BusyShare >= Half && load.RoundSeconds >= LongRoundSeconds);
        }

        if (isFull) More();
        else if (busy < Below * (longestRoundSeconds < ShortRoundSeconds ? Full : Quarter)) Fewer();
    }

    /// <summary>The next smaller number that is reached by doubling: then half of the connections stay where they are.</summary>
    private int Below => (int)BitOperations.RoundUpToPowerOf2((uint)Active) / 2;

    private void More()
    {
        if (Active == most || _windowsUntilMore > 0) return;
        Active = Math.Min(2 * Active, most);
        _windowsSinceMore = 0;
    }

    private void Fewer()
    {
        if (Active == 1) return;
        Active = Below;
        _patienceWindows = _windowsSinceMore < BriefWindows ? Math.Min(2 * _patienceWindows, MostPatienceWindows) : 1;
        _windowsUntilMore = _patienceWindows;
    }
}
