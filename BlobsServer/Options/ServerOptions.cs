using System.Net;
using BlobsServer.Observation;
using BlobsServer.Storage;
using BlobsServer.Storage.Addresses;
using BlobsServer.Storage.Disk;

namespace BlobsServer.Options;

/// <summary>What the command line asks for.</summary>
internal sealed record ServerOptions
{
    private const long BytesPerKiB = 1024;
    private const long BytesPerMiB = 1024 * 1024;

    /// <summary>Where blobs are kept, or, with another store, where large ones wait on their way.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where blobs are kept; null for the data directory.</summary>
    public required StoreAddress? Address { get; init; }

    public required int Port { get; init; }

    public required IPAddress Host { get; init; }

    /// <summary>A unix socket to listen on as well; null for none.</summary>
    public required string? UnixSocket { get; init; }

    /// <summary>A port to listen on as well, beside other processes that do (SO_REUSEPORT); null for none.</summary>
    public required int? SharedPort { get; init; }

    public required Durability Durability { get; init; }

    /// <summary>How many requests may wait for the disk at once.</summary>
    public required int DiskThreads { get; init; }

    /// <summary>How a disk is synced.</summary>
    public required SyncWay Sync { get; init; }

    /// <summary>Null for what the store takes unless said otherwise.</summary>
    public required int? MaxBlobMiB { get; init; }

    /// <summary>What the blobs of one user may take together; null for no limit.</summary>
    public required long? QuotaKiB { get; init; }

    /// <summary>Refuse to delete.</summary>
    public required bool IsAppendOnly { get; init; }

    /// <summary>A file of lines user:token; null when everybody may do everything.</summary>
    public required string? TokensFile { get; init; }

    public required LogFormat Log { get; init; }

    /// <summary>What carries bytes between sockets and the server.</summary>
    public required TransportName Transport { get; init; }

    /// <summary>What the store is asked for.</summary>
    public StoreOptions Store => new()
    {
        Durability = Durability,
        MaxBlobBytes = MaxBlobMiB * BytesPerMiB ?? StoreLimits.DefaultMaxBlobBytes(Address),
        QuotaBytes = QuotaKiB * BytesPerKiB,
    };
}
