namespace Blobs.TestSupport;

/// <summary>The three stores, each started once for all tests of an assembly: [assembly: AssemblyFixture(typeof(RunningStores))].</summary>
public sealed class RunningStores : IAsyncDisposable
{
    private readonly Dictionary<string, Lazy<Task<RunningStore>>> _stores =
        new[] { "redis", "postgresql", "tarantool" }.ToDictionary(
            name => name, name => new Lazy<Task<RunningStore>>(() => RunningStore.StartAsync(name)));

    /// <summary>The store of that name, started by the first test that asks for it.</summary>
    public Task<RunningStore> OfAsync(string name) => _stores[name].Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
        {
            if (store.IsValueCreated) await (await store.Value).DisposeAsync();
        }
    }
}
