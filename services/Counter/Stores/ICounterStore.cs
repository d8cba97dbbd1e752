using ServiceDefaults;

namespace Counter.Stores;

/// <summary>A count of granted numbers that all processes share.</summary>
internal interface ICounterStore : IServiceStore
{
    /// <summary>Grants the next numbers, in one step that no other process can come between.</summary>
    /// <param name="wanted">How many, at least 1.</param>
    /// <param name="limit">The last number to grant; null for no end.</param>
    /// <param name="cancellation">Who cancels does not wait any more; the numbers may be granted all the same.</param>
    Task<Grants> TakeAsync(int wanted, long? limit, CancellationToken cancellation);

    /// <summary>How many numbers were granted.</summary>
    Task<long> CountAsync(CancellationToken cancellation);

    /// <summary>Overwrites the count, whatever it is.</summary>
    Task WriteAsync(long count, CancellationToken cancellation);

    Task IServiceStore.ResetAsync(CancellationToken cancellation) => WriteAsync(0, cancellation);
}
