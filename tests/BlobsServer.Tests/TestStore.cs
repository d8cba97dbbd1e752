using System.Collections.Concurrent;
using Blobs.TestSupport;
using Npgsql;

[assembly: AssemblyFixture(typeof(RunningStores))]

namespace BlobsServer.Tests;

/// <summary>
/// Which store the servers of a test run are started with: the environment's BLOBS_TEST_STORE, disk unless it says another.
/// tests/run-all.sh runs the tests over HTTP once for each. A test that is about files has the trait Store=disk, one that says
/// nothing of the store Store=any, one that needs a quota Needs=quota.
/// </summary>
internal static class TestStore
{
    public const string Disk = "disk";
    public const string PostgreSql = "postgresql";
    public const string RadosGateway = "radosgw";

    // Stored blobs are on the disk before their answers: servers ask for that unless they say otherwise.
    private const string Promise = "always";

    private static readonly string[] Undurable = ["--durability", "none"];

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> ByDirectory = new();

    public static string Name { get; } = Environment.GetEnvironmentVariable("BLOBS_TEST_STORE") is { Length: > 0 } name
        ? name
        : Disk;

    /// <summary>What can be promised; in a bucket both promises are the same.</summary>
    public static string[] Durabilities => Name == RadosGateway ? [Promise] : ["none", Promise];

    /// <summary>What a server on this directory is started with: the same directory leads to the same, separate store.</summary>
    public static async Task<string[]> OptionsAsync(string directory, string[] options)
    {
        if (Name == Disk || options.Contains("--store")) return options;
        var url = await ByDirectory.GetOrAdd(directory, _ => new(() => MakeAsync(Name))).Value;
        return ["--store", url, .. Possible(Name, options)];
    }

    /// <summary>A bucket can't be asked for less than it does anyway.</summary>
    public static string[] Possible(string store, string[] options)
    {
        var at = store == RadosGateway ? options.AsSpan().IndexOf(Undurable) : -1;
        return at < 0 ? options : [.. options[..at], .. options[(at + Undurable.Length)..]];
    }

    /// <summary>A new, empty database or bucket of a store that runs for all tests; what --store takes.</summary>
    public static async Task<string> MakeAsync(string name) => await MakeAsync(name, await SharedAsync(name));

    /// <summary>The store that runs for all tests.</summary>
    public static async Task<RunningStore> SharedAsync(string name)
    {
        var stores =
            await TestContext.Current.GetFixture<RunningStores>() ?? throw new InvalidOperationException("no test is running");
        return await stores.OfAsync(name, Promise);
    }

    private static async Task<string> MakeAsync(string name, RunningStore store)
    {
        var unique = $"test{Guid.NewGuid():N}";
        if (name == RadosGateway) return store.Url.Replace("//blobs?", $"//{unique}?", StringComparison.Ordinal); // made by who comes first
        if (name != PostgreSql)
            throw new InvalidOperationException($"BLOBS_TEST_STORE is '{name}': give {Disk}, {PostgreSql} or {RadosGateway}");
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={store.Port};Username=postgres;Pooling=false");
        await using var make = source.CreateCommand($"CREATE DATABASE {unique}");
        await make.ExecuteNonQueryAsync();
        return $"postgresql://postgres@127.0.0.1:{store.Port}/{unique}";
    }
}
