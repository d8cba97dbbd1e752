using System.Collections.Immutable;

namespace MultiProc;

/// <summary>What the command line asked for.</summary>
internal sealed record Settings
{
    public required int Procs { get; init; }

    /// <summary>Where workers keep their data; null when their command does not mention {dir}.</summary>
    public string? DataDirectory { get; init; }

    public required int FirstPort { get; init; }

    /// <summary>Where HAProxy listens.</summary>
    public required int Port { get; init; }

    /// <summary>HAProxy's configuration; null to run workers only.</summary>
    public string? HaproxyFile { get; init; }

    public required ControlPath Control { get; init; }

    /// <summary>What is asked of a worker to see whether it is ready.</summary>
    public required string ReadyPath { get; init; }

    /// <summary>The worker's command; {dir}, {port} and {index} in it are replaced.</summary>
    public required ImmutableArray<string> Command { get; init; }

    public int PortOf(int index) => FirstPort + index - 1;
}
