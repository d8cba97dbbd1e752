using System.Collections.Immutable;
using System.Globalization;
using MultiProc.Logging;

namespace MultiProc.Configuration;

/// <summary>What the command line asked for.</summary>
internal sealed record Settings
{
    public required int Procs { get; init; }

    /// <summary>Where workers keep their data; null when their command does not mention {dir}.</summary>
    public string? DataDirectory { get; init; }

    public required int FirstPort { get; init; }

    /// <summary>Where HAProxy or nginx listens, or without one the workers together, if their command mentions {front}.</summary>
    public required int Port { get; init; }

    /// <summary>How requests come to the workers.</summary>
    public WayInChoice WayIn { get; init; } = WayInChoice.None;

    /// <summary>The workers' own counter of requests at GET /metrics, for ways in that count none; null to do without.</summary>
    public string? RequestCounter { get; init; }

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

    /// <summary>The store's command, its placeholders replaced at its start; empty to have none.</summary>
    public ImmutableArray<string> StoreCommand { get; init; } = [];

    public int StorePort { get; init; } = 8100;

    /// <summary>What each worker may use; null: as much as there is.</summary>
    public int? MemoryLimitMiB { get; init; }

    /// <summary>The limits of processor time at the start; POST /limit changes them.</summary>
    public ComponentLimits InitialLimits { get; init; } = new();

    /// <summary>Processors that the workers share out among them, one each in turn; empty: any.</summary>
    public ImmutableArray<int> Cpus { get; init; } = [];

    /// <summary>Processors that all workers, the proxy and the store are each bound to.</summary>
    public Placement Placement { get; init; } = new();

    /// <summary>What workers get in their environment beside what the supervisor itself has.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public LogFormat LogFormat { get; init; }

    /// <summary>Where the log is appended to; null: standard output and standard error.</summary>
    public string? LogFile { get; init; }

    /// <summary>The worker's command; the placeholders of <see cref="CommandTemplate"/> in it are replaced.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>Whether somebody is to listen on <see cref="Port"/>.</summary>
    public bool UsesPort =>
        WayIn.HasProxy || CommandTemplate.Mentions(Command, CommandTemplate.Front);

    public string SocketOf(int index) => Control.WorkerSockets + index.ToString(CultureInfo.InvariantCulture);

    public int PortOf(int index) => FirstPort + index - 1;
}
