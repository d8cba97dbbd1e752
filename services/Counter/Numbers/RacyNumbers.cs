using Counter.Stores;

namespace Counter.Numbers;

/// <summary>
/// The original's defect, on purpose: it reads the count and then writes the next one. Two that read before either writes
/// grant the same number.
/// </summary>
internal sealed class RacyNumbers(ICounterStore store, long? limit) : INumbers
{
    public async Task<long?> NextAsync(CancellationToken cancellation)
    {
        var count = await store.CountAsync(cancellation);
        if (count >= limit) return null;
        await store.WriteAsync(count + 1, cancellation);
        return count + 1;
    }
}
