using System.Collections.Concurrent;

namespace Blobs.TestSupport;

/// <summary>The stores, each started once for all tests of an assembly: [assembly: AssemblyFixture(typeof(RunningStores))].</summary>
public sealed class RunningStores : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Durability), Lazy<Task<RunningStore>>> _stores = new();

    /// <summary>The store of that name and promise, started by the first test that asks for it.</summary>
    public Task<RunningStore> OfAsync(string name, string durability = "none") =>
        _stores.GetOrAdd((name, durability), _ => new(() => RunningStore.StartAsync(name, durability: durability))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
        {
            if (store.IsValueCreated) await (await store.Value).DisposeAsync();
        }
    }
}
