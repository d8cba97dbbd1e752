namespace Transport;

/// <summary>
/// What a connection may do before others get theirs: so many reads and flushes that need not wait. A client that
/// pipelines for ever, or reads as fast as we send, never makes us wait, and would keep its thread for good. With pieces of
/// 128 KiB at most a turn ends after a millisecond or two; a client that waits for its answers never gets near its end.
/// </summary>
internal struct Turn
{
    private const int Calls = 32;

    private int _callsLeft;

    public static Turn New => new() { _callsLeft = Calls };

    /// <summary>False when the turn is over.</summary>
    public bool TrySpend() => _callsLeft-- > 0;
}
