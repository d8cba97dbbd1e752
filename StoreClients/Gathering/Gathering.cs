using Transport;

namespace StoreClients.Gathering;

/// <summary>
/// Group commit: what waits while a call is under way goes together in the next one. Nobody waits for company: a first
/// item goes alone, at once. A call that fails fails all who were in it.
/// </summary>
/// <typeparam name="TItem">What one asks for.</typeparam>
/// <typeparam name="TResult">What one gets.</typeparam>
/// <param name="call">Does it for all; gives as many results, in the same order.</param>
/// <param name="mostTogether">In one call.</param>
/// <param name="mostWaiting">Beyond these nobody may wait: <see cref="StoreUnavailableException"/>.</param>
/// <param name="mostCalls">Under way at once.</param>
public sealed class Gathering<TItem, TResult>(
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> call,
    int mostTogether = 1024,
    int mostWaiting = 16 * 1024,
    int mostCalls = 1)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiting = new();
    private int _calls;

    /// <summary>Asks for one.</summary>
    /// <param name="item">What goes into the call.</param>
    /// <param name="cancellation">Who cancels does not wait any more; the item may be in a call all the same.</param>
    public Task<TResult> AddAsync(TItem item, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellation);
        var waiter = new Waiter(item);
        bool isCaller;
        lock (_gate)
        {
            if (_waiting.Count >= mostWaiting)
            {
                return Task.FromException<TResult>(new StoreUnavailableException(
                    $"{mostWaiting} requests wait for the store; try again in a moment", mayHaveHappened: false));
            }

            _waiting.Enqueue(waiter);
            isCaller = _calls < mostCalls;
            if (isCaller) _calls++;
        }

        if (isCaller) _ = CallUntilNobodyWaitsAsync();
        return cancellation.CanBeCanceled ? waiter.Task.WaitAsync(cancellation) : waiter.Task;
    }

    private async Task CallUntilNobodyWaitsAsync()
    {
        var underWay = TryCall();
        while (underWay is not null)
        {
            var ended = await underWay;
            // Who gets his result may go on at once, here: the store has the next call by then.
            underWay = TryCall();
            ended.Tell();
        }
    }

    /// <summary>A call for all who wait; null when nobody does.</summary>
    private Task<Ended>? TryCall()
    {
        Waiter[] together;
        lock (_gate)
        {
            together = new Waiter[Math.Min(_waiting.Count, mostTogether)];
            for (var index = 0; index < together.Length; index++) together[index] = _waiting.Dequeue();
            if (together.Length == 0)
            {
                _calls--;
                return null;
            }
        }

        return CallAsync(together);
    }

    private async Task<Ended> CallAsync(Waiter[] together)
    {
        try
        {
            var results = await call(Array.ConvertAll(together, waiter => waiter.Item));
            if (results.Count != together.Length)
            {
                throw new InvalidOperationException(
                    $"{together.Length} items went into a call and {results.Count} results came out");
            }

            return new Ended(together, results, null);
        }
        catch (Exception failure)
        {
            return new Ended(together, [], failure);
        }
    }

    /// <summary>A call and what came of it.</summary>
    private readonly record struct Ended(Waiter[] Together, IReadOnlyList<TResult> Results, Exception? Failure)
    {
        public void Tell()
        {
            for (var index = 0; index < Together.Length; index++)
            {
                if (Failure is null) Together[index].Answer(Results[index]);
                else Together[index].SetException(Failure);
            }
        }
    }

    private sealed class Waiter(TItem item) : LoopCompletion<TResult>
    {
        public TItem Item { get; } = item;
    }
}
