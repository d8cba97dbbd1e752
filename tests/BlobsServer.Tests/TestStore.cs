using System.Collections.Concurrent;
using Blobs.TestSupport;
using Npgsql;

[assembly: AssemblyFixture(typeof(RunningStores))]

namespace BlobsServer.Tests;

/// <summary>
/// Which store the servers of a test run are started with: the environment's BLOBS_TEST_STORE, disk unless it says another.
/// tests/run-all.sh runs the tests over HTTP once for each; a test that is about files has the trait Store=disk.
/// </summary>
internal static class TestStore
{
    public const string Disk = "disk";
    public const string PostgreSql = "postgresql";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string[]>>> ByDirectory = new();

    public static string Name { get; } = Environment.GetEnvironmentVariable("BLOBS_TEST_STORE") is { Length: > 0 } name ? name : Disk;

    /// <summary>What a server on this directory is started with: the same directory leads to the same, separate store.</summary>
    public static Task<string[]> OptionsAsync(string directory) =>
        Name == Disk ? Task.FromResult<string[]>([])
            : ByDirectory.GetOrAdd(directory, _ => new(async () => ["--store", await MakeAsync(Name)])).Value;

    /// <summary>A new, empty database or bucket of a store that runs for all tests; what --store takes.</summary>
    public static async Task<string> MakeAsync(string name)
    {
        var stores = await TestContext.Current.GetFixture<RunningStores>() ?? throw new InvalidOperationException("no test is running");
        return name switch
        {
            PostgreSql => await MakeDatabaseAsync((await stores.OfAsync(name)).Port),
            _ => throw new InvalidOperationException($"BLOBS_TEST_STORE is '{name}': give {Disk} or {PostgreSql}"),
        };
    }

    /// <summary>A database of its own on the PostgreSQL at this port.</summary>
    public static async Task<string> MakeDatabaseAsync(int port)
    {
        var database = $"test_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=postgres;Pooling=false");
        await using var make = source.CreateCommand($"CREATE DATABASE {database}");
        await make.ExecuteNonQueryAsync();
        return $"postgresql://postgres@127.0.0.1:{port}/{database}";
    }
}
