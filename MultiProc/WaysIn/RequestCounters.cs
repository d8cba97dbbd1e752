namespace MultiProc.WaysIn;

/// <summary>What a way in counts.</summary>
/// <param name="Requests">Requests that it took from clients; null where it sees none.</param>
/// <param name="Slots">What it handed to each worker, by name; empty where it does not tell them apart.</param>
internal sealed record RequestCounters(long? Requests, IReadOnlyDictionary<string, SlotCounters> Slots);
