namespace Counter.Stores;

/// <summary>Numbers in a row that nobody else gets.</summary>
/// <param name="First">The first of them; meaningless when there are none.</param>
/// <param name="Count">How many: as many as were wanted, or as were left below the limit.</param>
internal readonly record struct Grants(long First, int Count);
