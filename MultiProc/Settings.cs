using System.Collections.Immutable;
using MultiProc.Limits;
using MultiProc.Logging;

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

    /// <summary>What is asked of a worker to see whether it is ready for requests.</summary>
    public required string ReadyPath { get; init; }

    /// <summary>What is asked of a worker to see whether it still lives.</summary>
    public string LivePath { get; init; } = "/health/live";

    /// <summary>How long each such question may take.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests that are under way may take when their worker, or everything, is to stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public WorkerLimits Limits { get; init; } = new();

    /// <summary>Processors that the workers share out among them, one each in turn; empty: any.</summary>
    public ImmutableArray<int> Cpus { get; init; } = [];

    /// <summary>What workers get in their environment beside what the supervisor itself has.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public LogFormat LogFormat { get; init; }

    /// <summary>The worker's command; {dir}, {port} and {index} in it are replaced.</summary>
    public required ImmutableArray<string> Command { get; init; }

    public int PortOf(int index) => FirstPort + index - 1;
}
