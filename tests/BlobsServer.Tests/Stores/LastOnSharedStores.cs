namespace BlobsServer.Tests.Stores;

/// <summary>
/// Tests that kill the stores of all tests: they run when all others are done, because Ceph takes half a minute to start.
/// </summary>
[CollectionDefinition(nameof(LastOnSharedStores), DisableParallelization = true)]
public sealed class LastOnSharedStores;
