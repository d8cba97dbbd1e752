using System.Collections.Concurrent;

namespace Blobs.TestSupport;

/// <summary>
/// The stores, each started once for all tests of an assembly: [assembly: AssemblyFixture(typeof(RunningStores))].
/// </summary>
public sealed class RunningStores : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Durability), Lazy<Task<RunningStore>>> _stores = new();
    private readonly ConcurrentDictionary<(string Program, string Store, string Options), WarmServices> _services = new();

    /// <summary>The store of that name and promise, started by the first test that asks for it.</summary>
    public Task<RunningStore> OfAsync(string name, string durability = "none") =>
        _stores.GetOrAdd((name, durability), _ => new(() => RunningStore.StartAsync(name, durability: durability))).Value;

    /// <summary>
    /// That many processes of a service over the store of that name, warm from the tests before, for a test that needs no store,
    /// process or log of its own. They are not the test's to stop, and it does not dispose of them.
    /// </summary>
    public async Task<RunningServices> ServicesAsync(int count, string program, string store, params string[] options)
    {
        var url = (await OfAsync(store)).Url;
        var key = (program, store, string.Join(' ', options));
        return await _services.GetOrAdd(key, _ => new(program, url, options)).TakeAsync(count);
    }

    /// <summary>One of them.</summary>
    public async Task<RunningService> ServiceAsync(string program, string store, params string[] options) =>
        (await ServicesAsync(1, program, store, options))[0];

    /// <summary>A shared service that died meanwhile fails the run, whatever the tests saw.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var services in _services.Values) await services.DisposeAsync();
        }
        finally
        {
            foreach (var store in _stores.Values)
            {
                if (store.IsValueCreated) await (await store.Value).DisposeAsync();
            }
        }
    }
}
