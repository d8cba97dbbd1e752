using System.Net;
using BlobsServer.Storage;

namespace BlobsServer.Options;

/// <summary>What the command line asks for.</summary>
internal sealed record ServerOptions
{
    public required string DataDirectory { get; init; }

    public required int Port { get; init; }

    public IPAddress Host { get; init; } = IPAddress.Loopback;

    public Durability Durability { get; init; } = Durability.Always;

    public int MaxBlobMiB { get; init; } = 1024;

    public long MaxBlobBytes => MaxBlobMiB * 1024L * 1024L;
}
