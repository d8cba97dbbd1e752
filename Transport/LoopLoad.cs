namespace Transport;

/// <summary>What a loop did in a window of time.</summary>
/// <param name="BusyShare">The part of it in which it did not wait for events, nor for a processor that others had.</param>
/// <param name="RoundSeconds">How long it took, on average, from one look for events to the next: who has an event waits for that.</param>
internal readonly record struct LoopLoad(double BusyShare, double RoundSeconds);
