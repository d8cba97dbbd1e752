using Counter.Stores;
using StoreClients.Gathering;

namespace Counter.Numbers;

/// <summary>
/// Requests that wait while the store is asked are asked for together in the next call. A request whose client has left
/// takes its number with it: the number is granted all the same, and nobody gets it twice.
/// </summary>
internal sealed class GatheredNumbers : INumbers
{
    private readonly Gathering<Request, long?> _gathering;

    public GatheredNumbers(ICounterStore store, long? limit) => _gathering = new(async requests =>
    {
        var grants = await store.TakeAsync(requests.Count, limit, CancellationToken.None);
        var numbers = new long?[requests.Count];
        for (var index = 0; index < grants.Count; index++) numbers[index] = grants.First + index;
        return numbers;
    });

    public Task<long?> NextAsync(CancellationToken cancellation) => _gathering.AddAsync(default, cancellation);

    /// <summary>All requests are alike.</summary>
    private readonly record struct Request;
}
