namespace Transport;

/// <summary>What a loop did in a window of time.</summary>
/// <param name="BusyShare">The part in which it did not wait for events: it worked, or had work and no processor.</param>
/// <param name="RoundSeconds">From one look for events to the next, on average: who has an event waits for that.</param>
internal readonly record struct LoopLoad(double BusyShare, double RoundSeconds);
