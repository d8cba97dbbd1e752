using System.Net;
using StoreClients;

namespace ServiceDefaults;

/// <summary>What every service is told: NAME PORT --store URL.</summary>
public sealed record ServiceOptions
{
    public required int Port { get; init; }

    public required IPAddress Host { get; init; }

    public required StoreUrl Store { get; init; }

    public required LogFormat Log { get; init; }
}
